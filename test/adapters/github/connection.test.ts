import { createServer, type RequestListener } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { gitHubAccess } from '../../../src/adapters/github/access.ts'
import { connectGitHub, type GitHub } from '../../../src/adapters/github/connection.ts'

const token = 'ghs_SecretOfTheTest0123456789'
const route = '/repos/{owner}/{repo}/pulls/{pull_number}'
const json = { 'content-type': 'application/json; charset=utf-8', 'x-github-request-id': 'A1B2:C3' }

/** A server that answers as the test says, at a path as GitHub Enterprise has it. */
async function serverThat(
  answer: RequestListener,
  limit = 5000,
): Promise<{ github: GitHub; asked: string[]; said: string[]; api: string }> {
  const asked: string[] = []
  const said: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    request.resume().on('end', () => answer(request, response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const api = `http://127.0.0.1:${address.port}/api/v3`
  const access = gitHubAccess({ GITHUB_TOKEN: token, GITHUB_API_URL: api, GITHUB_REPOSITORY: 'acme/ops' })
  const github = await connectGitHub(access, { version: '1.2.3', say: (line) => said.push(line), second: 1, limit })
  return { github, asked, said, api }
}

async function faultOf(work: Promise<unknown>): Promise<{ message: string; code: number; cure: string }> {
  return work.then(
    (answer) => expect.fail(`an answer: ${JSON.stringify(answer)}`),
    (fault) => fault,
  )
}

/** What a server can do wrong, and how often GET, PATCH and POST are then sent. */
const faults: readonly {
  readonly name: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly cut?: boolean
  readonly tells: string
  readonly sent: readonly [get: number, patch: number, post: number]
}[] = [
  ...[500, 502, 504].map((status) => ({
    name: `${status}`,
    status,
    tells: `with ${status}`,
    sent: [4, 4, 1] as const,
  })),
  {
    name: '503 with the time to wait',
    status: 503,
    headers: { 'retry-after': '7' },
    tells: 'with 503',
    sent: [4, 4, 1],
  },
  { name: '429', status: 429, tells: 'with 429', sent: [4, 4, 4] },
  { name: '429 for an hour', status: 429, headers: { 'retry-after': '3600' }, tells: 'with 429', sent: [1, 1, 1] },
  {
    name: 'a secondary limit',
    status: 403,
    body: '{"message":"You have exceeded a secondary rate limit."}',
    tells: 'with 403, request A1B2:C3: You have exceeded a secondary rate limit.',
    sent: [4, 4, 4],
  },
  {
    name: 'a secondary limit with the time to wait',
    status: 403,
    headers: { 'retry-after': '2' },
    body: '{"message":"You have exceeded a secondary rate limit."}',
    tells: 'with 403',
    sent: [4, 4, 4],
  },
  {
    name: 'the primary limit, about to be reset',
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
    tells: 'with 403',
    sent: [4, 4, 4],
  },
  {
    name: 'the primary limit, reset in an hour',
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${Math.round(Date.now() / 1000) + 3000}` },
    tells: 'with 403',
    sent: [1, 1, 1],
  },
  ...[400, 401, 403, 404, 410, 422, 451].map((status) => ({
    name: `${status}`,
    status,
    tells: `with ${status}, request A1B2:C3: no`,
    sent: [1, 1, 1] as const,
  })),
  { name: '304', status: 304, tells: 'with 304', sent: [1, 1, 1] },
  { name: '301 to nowhere', status: 301, tells: 'a redirection (301) to nowhere', sent: [4, 4, 1] },
  {
    name: '307 to another server',
    status: 307,
    headers: { location: 'https://evil.example/' },
    tells: 'a redirection (307) to another server',
    sent: [4, 4, 1],
  },
  { name: 'a page of HTML', status: 200, body: '<html>Sign in</html>', tells: 'no JSON', sent: [4, 4, 1] },
  { name: 'half a JSON', status: 200, body: '{"id":', tells: 'no JSON', sent: [4, 4, 1] },
  { name: 'an end of the connection', cut: true, tells: 'got no answer', sent: [4, 4, 1] },
]

describe('a connection with GitHub', () => {
  test('asks with the token and under its name, and fills in the repository', async () => {
    let told: unknown
    const { github, asked } = await serverThat((request, response) => {
      told = request.headers
      response.writeHead(200, json).end('{"number":3}')
    })
    expect(await github.request(`GET ${route}`, { pull_number: 3 })).toEqual({ status: 200, data: { number: 3 } })
    expect(asked).toEqual(['GET /api/v3/repos/acme/ops/pulls/3'])
    expect(told).toMatchObject({
      authorization: `token ${token}`,
      'user-agent': expect.stringMatching(/^gitsm\/1\.2\.3 /),
      'x-github-api-version': '2022-11-28',
    })
  })

  test.each(faults)('$name is a fault, not an answer', async ({ status = 200, headers, body, cut, tells, sent }) => {
    for (const [at, method] of ['GET', 'PATCH', 'POST'].entries()) {
      const { github, asked } = await serverThat((request, response) => {
        if (cut) request.socket.destroy()
        else response.writeHead(status, { ...json, ...headers }).end(status === 304 ? '' : (body ?? '{"message":"no"}'))
      })
      const fault = await faultOf(github.request(`${method} ${route}`, { pull_number: 3 }))
      expect(fault).toMatchObject({ code: 4, cure: expect.stringMatching(/\w/) })
      expect(fault.message).toContain(`GITHUB_UNAVAILABLE: ${method} ${route} `)
      expect(fault.message).toContain(tells)
      expect(asked).toHaveLength(sent[at] ?? 0)
    }
  })

  test.each(faults.filter(({ sent }) => sent[0] > 1))('$name that passes is got over', async (fault) => {
    const { status = 200, headers, body, cut } = fault
    let left = 1
    const { github, asked } = await serverThat((request, response) => {
      if (left-- <= 0) response.writeHead(200, json).end('{"number":3}')
      else if (cut) request.socket.destroy()
      else response.writeHead(status, { ...json, ...headers }).end(body ?? '{"message":"no"}')
    })
    expect(await github.request(`GET ${route}`, { pull_number: 3 })).toMatchObject({ status: 200 })
    expect(asked).toHaveLength(2)
  })

  test('a server that never answers is given up', async () => {
    const { github, asked } = await serverThat(() => {}, 40)
    expect((await faultOf(github.request(`GET ${route}`, { pull_number: 3 }))).message).toContain('got no answer')
    expect(asked).toHaveLength(4)
    expect((await faultOf(github.request(`POST ${route}`, { pull_number: 3 }))).message).toContain('got no answer')
    expect(asked).toHaveLength(5)
  })

  test('a status is an answer where it was expected, but a limit never is', async () => {
    let message = 'Not Found'
    const { github } = await serverThat((_, response) => response.writeHead(403, json).end(JSON.stringify({ message })))
    expect(await github.request(`GET ${route}`, { pull_number: 3 }, [403])).toMatchObject({ status: 403 })
    message = 'You have exceeded a secondary rate limit.'
    expect(await faultOf(github.request(`GET ${route}`, { pull_number: 3 }, [403]))).toMatchObject({ code: 4 })
  })

  test('an expected status from something that is not GitHub is no answer', async () => {
    const { github } = await serverThat((_, response) => response.writeHead(404).end('<html>captive portal</html>'))
    expect(await faultOf(github.request(`GET ${route}`, { pull_number: 3 }, [404]))).toMatchObject({ code: 4 })
  })

  test('follows a renamed repository, reading', async () => {
    const { github, asked } = await serverThat((request, response) => {
      if (request.url?.includes('/repositories/7')) response.writeHead(200, json).end('{"number":3}')
      else response.writeHead(301, { location: '/api/v3/repositories/7/pulls/3' }).end()
    })
    expect(await github.request(`GET ${route}`, { pull_number: 3 })).toMatchObject({ data: { number: 3 } })
    expect(asked).toEqual(['GET /api/v3/repos/acme/ops/pulls/3', 'GET /api/v3/repositories/7/pulls/3'])
    expect((await faultOf(github.request('POST /repos/{owner}/{repo}/issues', { title: 'x' }))).message).toContain(
      'perhaps because the repository was renamed',
    )
  })

  test('what takes too long in all is given up for good', async () => {
    const { github, asked } = await serverThat((_, response) => {
      response.writeHead(403, json).end('{"message":"You have exceeded a secondary rate limit."}')
    })
    for (const _ of ['a minute three times', 'a minute once more']) await faultOf(github.request(`GET ${route}`))
    expect(asked).toHaveLength(6)
    expect((await faultOf(github.request(`GET ${route}`))).message).toContain('240 s were waited for GitHub in all')
    expect(asked).toHaveLength(6)
  })

  test('the token is in no message, whatever echoes it', async () => {
    const { github } = await serverThat((_, response) => {
      response
        .writeHead(400, { ...json, 'x-github-request-id': token })
        .end(JSON.stringify({ message: `bad ${token}` }))
    })
    const fault = await faultOf(github.request(`GET ${route}`, { pull_number: 3 }))
    expect(JSON.stringify([fault.message, fault.cure, String(fault), fault])).not.toContain(token)
    expect(fault.message).toContain('bad [token]')
  })

  test('a person is told what is waited for', async () => {
    let left = 1
    const { github, said } = await serverThat((_, response) => {
      if (left-- <= 0) response.writeHead(200, json).end('{}')
      else response.writeHead(403, { ...json, 'retry-after': '9' }).end('{"message":"secondary rate limit"}')
    })
    await github.request(`GET ${route}`, { pull_number: 3 })
    expect(said).toEqual(['GitHub asks to wait 9 s before GET /repos/{owner}/{repo}/pulls/{pull_number} (rate limit)'])
  })
})

describe('a list', () => {
  const list = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews'

  test('is read to its last page, each item once', async () => {
    const { github, asked, api } = await serverThat((request, response) => {
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? 1)
      const link =
        page < 3 ? { link: `<${api}/repositories/7/pulls/3/reviews?per_page=100&page=${page + 1}>; rel="next"` } : {}
      response.writeHead(200, { ...json, ...link }).end(JSON.stringify([{ id: page }, { id: page + 1 }]))
    })
    expect(await github.pages(list, { pull_number: 3 })).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }])
    expect(asked).toHaveLength(3)
  })

  test('never leaves the server that was asked', async () => {
    const { github, asked } = await serverThat((request, response) => {
      const link = request.url?.includes('page=2') ? {} : { link: '<https://evil.example/steal?page=2>; rel="next"' }
      response.writeHead(200, { ...json, ...link }).end('[]')
    })
    await github.pages(list, { pull_number: 3 })
    expect(asked).toEqual([
      'GET /api/v3/repos/acme/ops/pulls/3/reviews?per_page=100',
      'GET /api/v3/repos/acme/ops/pulls/3/reviews?per_page=100&page=2',
    ])
  })

  test.each([
    [
      'whose pages lead round in a circle',
      '[]',
      { link: '<https://api.github.com/x?page=2>; rel="next"' },
      'in a circle',
    ],
    ['whose next page cannot be read', '[]', { link: '<http://[>; rel="next"' }, 'in a circle'],
    ['that is none', '{"message":"hm"}', {}, 'without the list'],
    ['whose items have no name', '[{"x":1}]', {}, 'an item without id'],
  ])('%s is a fault', async (_, body, headers, tells) => {
    const { github } = await serverThat((__, response) => response.writeHead(200, { ...json, ...headers }).end(body))
    const fault = await faultOf(github.pages(list, { pull_number: 3 }))
    expect(fault).toMatchObject({ code: 4 })
    expect(fault.message).toContain(tells)
  })

  test('without end is given up', async () => {
    let page = 1
    const { github, asked } = await serverThat((_, response) => {
      page += 1
      response.writeHead(200, { ...json, link: `<https://api.github.com/x?page=${page}>; rel="next"` }).end('[]')
    })
    expect((await faultOf(github.pages(list, { pull_number: 3 }))).message).toContain('more than 100 pages')
    expect(asked).toHaveLength(100)
  })
})
