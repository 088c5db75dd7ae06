import childProcess, { execFileSync, spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

// A process is copied before another program takes its place. A worker that has all modules of all tests in memory is
// large, so that most of the time of a test went into copies. Here a small process starts git for a worker.

/** What git is started with. */
interface Start {
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

interface Head {
  readonly id: number
  readonly event: string
  readonly code: number | null
  readonly signal: string | null
  readonly message: string
}

interface Starter {
  readonly tell: (head: object, body?: Uint8Array) => void
  readonly running: Map<number, StartedGit>
  /** Asks and waits for the answer. */
  readonly wait: (start: Start, input: Uint8Array) => { readonly head: Answer; readonly body: Buffer }
}

interface Answer {
  readonly code: number
  readonly failure?: string
  /** How much of the body was printed; the rest is what git complained of. */
  readonly printed: number
}

/** A git that runs, in the eyes of whoever started it: as much of a `ChildProcess` as is asked for here. */
class StartedGit extends EventEmitter {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  readonly kill: (signal?: string) => boolean
  /** The process and what it prints to, as long as they are open. */
  #open = 3
  #isRunning = true
  #ended: readonly [code: number | null, signal: string | null] = [null, null]

  constructor(id: number, { tell, running }: Starter) {
    super()
    this.stdin = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        tell({ id, event: 'stdin' }, chunk)
        done()
      },
      final: (done) => {
        tell({ id, event: 'stdin end' })
        done()
      },
      destroy: (error, done) => {
        tell({ id, event: 'stdin end' })
        done(error)
      },
    })
    const printing = (to: string): Readable =>
      new Readable({
        read: () => {},
        destroy: (error, done) => {
          if (this.#isRunning) tell({ id, event: 'deaf', to })
          done(error)
        },
      }).on('close', () => this.#closed(id, running))
    this.stdout = printing('stdout')
    this.stderr = printing('stderr')
    this.kill = (signal) => {
      tell({ id, event: 'kill', signal })
      return true
    }
  }

  end(code: number | null, signal: string | null, id: number, running: Map<number, StartedGit>): void {
    this.#ended = [code, signal]
    this.#isRunning = false
    this.stdin.destroy()
    for (const stream of [this.stdout, this.stderr]) {
      stream.push(null)
      // Nobody may have asked what was printed.
      stream.resume()
    }
    this.emit('exit', code, signal)
    this.#closed(id, running)
  }

  #closed(id: number, running: Map<number, StartedGit>): void {
    this.#open -= 1
    if (this.#open > 0) return
    running.delete(id)
    this.emit('close', ...this.#ended)
  }
}

let known: Starter | undefined

function starter(): Starter {
  known ??= startStarter()
  return known
}

function startStarter(): Starter {
  const folder = mkdtempSync(join(tmpdir(), 'gitsm-starter-'))
  const [requests, answers] = [join(folder, 'requests'), join(folder, 'answers')]
  execFileSync('mkfifo', [requests, answers])
  const program = fileURLToPath(new URL('./git-starter.mjs', import.meta.url))
  const helper = spawn(process.execPath, [program, requests, answers], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [asking, answering] = [openSync(requests, 'r+'), openSync(answers, 'r+')]
  process.on('exit', () => {
    helper.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  const running = new Map<number, StartedGit>()
  listen(helper.stdout, (head, body) => hear(running, head, body))
  for (const each of [helper, helper.stdin, helper.stdout]) Object(each).unref()
  return {
    tell: (head, body) => void helper.stdin.write(message(head, body)),
    running,
    wait: (start, input) => {
      const asked = message(start, input)
      for (let at = 0; at < asked.length; ) at += writeSync(asking, asked, at)
      const lengths = readExactly(answering, 8)
      const head: Answer = JSON.parse(readExactly(answering, lengths.readUInt32LE(0)).toString('utf8'))
      return { head, body: readExactly(answering, lengths.readUInt32LE(4)) }
    },
  }
}

function hear(running: Map<number, StartedGit>, head: Head, body: Buffer): void {
  const git = running.get(head.id)
  if (head.event === 'stdout') git?.stdout.push(body)
  else if (head.event === 'stderr') git?.stderr.push(body)
  else if (head.event === 'stdin error') git?.stdin.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
  else if (head.event === 'error') git?.emit('error', Object.assign(new Error(head.message), { code: head.code }))
  else git?.end(head.code, head.signal, head.id, running)
}

function message(head: object, body: Uint8Array = new Uint8Array()): Buffer {
  const said = Buffer.from(JSON.stringify(head))
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32LE(said.length, 0)
  lengths.writeUInt32LE(body.length, 4)
  return Buffer.concat([lengths, said, body])
}

function listen(stream: Readable, hear: (head: Head, body: Buffer) => void): void {
  let held: Buffer = Buffer.alloc(0)
  stream.on('data', (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    while (held.length >= 8) {
      const body = 8 + held.readUInt32LE(0)
      const end = body + held.readUInt32LE(4)
      if (held.length < end) break
      hear(JSON.parse(held.toString('utf8', 8, body)), Buffer.from(held.subarray(body, end)))
      held = held.subarray(end)
    }
  })
}

function readExactly(from: number, length: number): Buffer {
  const read = Buffer.alloc(length)
  for (let at = 0; at < length; ) at += readSync(from, read, at, length - at, null)
  return read
}

/** Runs git to its end and gives back what it printed; it is an error when git says no. */
export function gitOutput(start: Start, input: string | Uint8Array = ''): string {
  const { head, body } = starter().wait(start, Buffer.from(input))
  const complaint = body.subarray(head.printed).toString('utf8')
  if (head.failure !== undefined) throw new Error(head.failure)
  if (head.code === 0) return body.subarray(0, head.printed).toString('utf8')
  const failed = new Error(`Command failed: git ${start.args.join(' ')}\n${complaint}`)
  throw Object.assign(failed, { status: head.code, stderr: complaint, stdout: body.subarray(0, head.printed) })
}

let nextId = 0

function startGit(args: readonly string[], { cwd, env }: Pick<Start, 'cwd' | 'env'>): StartedGit {
  const wrong = [...args, cwd].find((each) => each.includes('\0'))
  if (wrong !== undefined)
    throw new TypeError(`An argument of git must be without null bytes: ${JSON.stringify(wrong)}`)
  const by = starter()
  nextId += 1
  const git = new StartedGit(nextId, by)
  by.running.set(nextId, git)
  by.tell({ id: nextId, event: 'start', args, cwd, env })
  return git
}

/** Lets git be started by the small process from here on, whoever starts it without waiting. */
export function startGitElsewhere(): void {
  const real = childProcess.spawn
  // Files of a worker come one after the other, and each sets itself up.
  if (real.name === 'elsewhere') return
  const here = (...given: unknown[]): unknown => Reflect.apply(real, childProcess, given)
  const elsewhere = (program: string, args: readonly string[], options: Start, ...rest: unknown[]): unknown =>
    program === 'git' ? startGit(args, options) : here(program, args, options, ...rest)
  Object.assign(childProcess, { spawn: elsewhere })
  syncBuiltinESMExports()
}
