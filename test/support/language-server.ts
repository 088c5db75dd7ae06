import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { valueAt } from '../../src/core/record.ts'

interface Message {
  readonly id?: number | string
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

const program = fileURLToPath(import.meta.resolve('yaml-language-server/bin/yaml-language-server'))

const settings = { validate: true, completion: true, hover: true, schemaStore: { enable: false } }

/**
 * The YAML language server that editors run, spoken to over its standard input and output (Language Server Protocol).
 */
export class LanguageServer {
  readonly #server: ChildProcessWithoutNullStreams
  readonly #answers = new Map<number | string, (message: Message) => void>()
  readonly #published = new Map<string, (diagnostics: unknown) => void>()
  #unread: Buffer = Buffer.alloc(0)
  #lastId = 0

  private constructor() {
    this.#server = spawn(process.execPath, [program, '--stdio'])
    this.#server.stdout.on('data', (bytes: Buffer) => this.#read(bytes))
  }

  /** Starts the server without its catalogue of schemas from the network. */
  static async start(): Promise<LanguageServer> {
    const server = new LanguageServer()
    await server.ask('initialize', { processId: process.pid, rootUri: null, capabilities: {} })
    server.#send({ method: 'initialized', params: {} })
    server.#send({ method: 'workspace/didChangeConfiguration', params: { settings: { yaml: settings } } })
    return server
  }

  /** Opens a text as the file of an address and waits for what the server finds wrong with it. */
  open(uri: string, text: string): Promise<unknown> {
    const diagnostics = new Promise<unknown>((resolve) => this.#published.set(uri, resolve))
    const textDocument = { uri, languageId: 'yaml', version: 1, text }
    this.#send({ method: 'textDocument/didOpen', params: { textDocument } })
    return diagnostics
  }

  /** Asks the server and waits for its answer. */
  ask(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#lastId
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#answers.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result)))
    })
    this.#send({ id, method, params })
    return answer
  }

  async stop(): Promise<void> {
    const ended = once(this.#server, 'exit')
    await this.ask('shutdown', null)
    this.#send({ method: 'exit', params: null })
    this.#server.stdin.end()
    await ended
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.#server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }

  #read(bytes: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, bytes])
    for (;;) {
      const [head, length] =
        /^Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/.exec(this.#unread.toString('latin1')) ?? []
      if (head === undefined || this.#unread.length < head.length + Number(length)) return
      const body = this.#unread.subarray(head.length, head.length + Number(length)).toString('utf8')
      this.#unread = this.#unread.subarray(head.length + Number(length))
      this.#receive(JSON.parse(body))
    }
  }

  #receive(message: Message): void {
    if (message.method === undefined) {
      this.#answers.get(message.id ?? '')?.(message)
    } else if (message.id !== undefined) {
      this.#send({
        id: message.id,
        result: message.method === 'workspace/configuration' ? configured(message.params) : null,
      })
    } else if (message.method === 'textDocument/publishDiagnostics') {
      this.#published.get(String(valueAt(message.params, ['uri'])))?.(valueAt(message.params, ['diagnostics']))
    }
  }
}

/** The answer to the server's question for its settings, section by section. */
function configured(params: unknown): readonly unknown[] {
  const items = valueAt(params, ['items'])
  return Array.isArray(items) ? items.map((item) => (valueAt(item, ['section']) === 'yaml' ? settings : {})) : []
}
