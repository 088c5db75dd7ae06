import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

/** What a script printed on a machine in another zone, and the zone that it found itself in. */
export interface Elsewhere {
  readonly zone: string
  readonly result: unknown
}

/**
 * Runs TypeScript in a process of its own under a time zone, and gives back what its function `result` returns, by way
 * of JSON. Paths of imports are relative to `test/support`.
 */
export function runInZone(zone: string, contents: string): Elsewhere {
  const print =
    'console.log(JSON.stringify({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, result: result() }))'
  const { outputFiles } = buildSync({
    stdin: {
      contents: `${contents}\n${print}`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
  })
  const env = { ...process.env, TZ: zone }
  return JSON.parse(execFileSync(process.execPath, ['-'], { input: outputFiles[0]?.contents, env, encoding: 'utf8' }))
}

/** Zones that machines may stand in, far from UTC, by no whole hours and on either side of it. */
export const otherZones: readonly string[] = ['Pacific/Chatham', 'America/St_Johns']
