import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Command } from './command.ts'

// These sources run bundled, from .build/bench/.

/** The folder of the package. */
export const packageRoot: string = fileURLToPath(new URL('../..', import.meta.url))

/** The built program with arguments, in a folder. */
export function gitsm(dir: string, args: readonly string[]): Command {
  const program = fileURLToPath(new URL('../gitsm.js', import.meta.url))
  return { program: process.execPath, args: [program, ...args], dir }
}

/** How large the built program is, which is one file. */
export function programSize(): string {
  const { size } = statSync(new URL('../gitsm.js', import.meta.url))
  return `${(size / 1_000_000).toFixed(1)} MB in one file`
}

/** A bundled program of these benchmarks with arguments, in a folder. */
export function beside(dir: string, name: string, args: readonly string[]): Command {
  const program = fileURLToPath(new URL(`${name}.js`, import.meta.url))
  return { program: process.execPath, args: [program, ...args], dir }
}
