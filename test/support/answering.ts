import { createServer, type IncomingHttpHeaders } from 'node:http'
import { onTestFinished } from 'vitest'

/** What a request said. */
export interface Asked {
  /** `GET /repos/acme/services/rulesets/1`, without the query. */
  readonly route: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What is answered to a route. */
export type Answers = Readonly<Record<string, readonly [status: number, body: unknown]>>

/**
 * A server that answers as declared, until the test ends; what is not declared is 404. For routes whose answers are
 * settings, which no story of a test changes.
 */
export async function answering(answers: Answers): Promise<{ readonly url: string; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const route = `${request.method} ${request.url?.replace(/\?.*$/, '')}`
    asked.push({ route, headers: request.headers, body: Buffer.concat(chunks).toString() })
    const [status, body] = answers[route] ?? [404, { message: 'Not Found' }]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}`, asked }
}
