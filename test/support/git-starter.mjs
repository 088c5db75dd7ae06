// Starts git for a worker of the tests: `node git-starter.mjs <requests> <answers>`, two named pipes for those who wait.
import { spawn } from 'node:child_process'
import { constants, openSync } from 'node:fs'
import { Socket } from 'node:net'

const [, , requests, answers] = process.argv
const children = new Map()

/** Cuts a stream into messages: the lengths of head and body in four bytes each, a head in JSON, and the body. */
function listen(stream, hear) {
  let held = Buffer.alloc(0)
  stream.on('data', (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    while (held.length >= 8) {
      const body = 8 + held.readUInt32LE(0)
      const end = body + held.readUInt32LE(4)
      if (held.length < end) break
      hear(JSON.parse(held.toString('utf8', 8, body)), held.subarray(body, end))
      held = held.subarray(end)
    }
  })
}

function tell(stream, head, body = Buffer.alloc(0)) {
  const said = Buffer.from(JSON.stringify(head))
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32LE(said.length, 0)
  lengths.writeUInt32LE(body.length, 4)
  stream.write(Buffer.concat([lengths, said, body]))
}

/** A named pipe that nothing waits for. */
function pipe(path, readable) {
  return new Socket({ fd: openSync(path, constants.O_RDWR | constants.O_NONBLOCK), readable, writable: !readable })
}

function start({ args, cwd, env }) {
  return spawn('git', args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] })
}

// Those who go on meanwhile: what git prints is passed on as it comes.
listen(process.stdin, (asked, body) => {
  const { id, event } = asked
  if (event !== 'start') {
    const child = children.get(id)
    if (event === 'stdin') child?.stdin.write(body)
    else if (event === 'stdin end') child?.stdin.end()
    else if (event === 'kill') child?.kill(asked.signal)
    else if (event === 'deaf') child?.[asked.to].destroy()
    return
  }
  const child = start(asked)
  children.set(id, child)
  child.stdin.on('error', () => tell(process.stdout, { id, event: 'stdin error' }))
  child.stdout.on('data', (chunk) => tell(process.stdout, { id, event: 'stdout' }, chunk))
  child.stderr.on('data', (chunk) => tell(process.stdout, { id, event: 'stderr' }, chunk))
  child.on('error', ({ message, code }) => tell(process.stdout, { id, event: 'error', message, code }))
  child.on('close', (code, signal) => {
    children.delete(id)
    tell(process.stdout, { id, event: 'close', code, signal })
  })
})

// Those who wait: one answer holds everything.
const waiting = pipe(answers, false)
listen(pipe(requests, true), (asked, input) => {
  const child = start(asked)
  const printed = { stdout: [], stderr: [] }
  let failure
  for (const name of ['stdout', 'stderr']) child[name].on('data', (chunk) => printed[name].push(chunk))
  child.on('error', ({ message }) => {
    failure = message
  })
  child.on('close', (code) => {
    const stdout = Buffer.concat(printed.stdout)
    const stderr = Buffer.concat(printed.stderr)
    tell(waiting, { code, failure, printed: stdout.length }, Buffer.concat([stdout, stderr]))
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
})

process.stdin.on('end', () => process.exit())
