import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The bytes of a file, or of all files below a folder, read one after the other. */
function bytesOf(path: string): number {
  if (!statSync(path).isDirectory()) return readFileSync(path).length
  return readdirSync(path, { withFileTypes: true }).reduce((total, entry) => {
    const below = join(path, entry.name)
    return total + (entry.isDirectory() ? bytesOf(below) : readFileSync(below).length)
  }, 0)
}

console.log(process.argv.slice(2).reduce((total, path) => total + bytesOf(path), 0))
