import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** The SHA-256 of a file, as hexadecimal digits; `undefined` where there is none that can be read. */
export async function fileDigest(path: string): Promise<string | undefined> {
  const content = await readFile(path).catch(() => undefined)
  return content && createHash('sha256').update(content).digest('hex')
}
