import { describe, expect, test } from 'vitest'
import { connectionTo } from '../../support/github/connected.ts'
import { matchRoute } from '../../support/github/contract.ts'
import { startGitHub } from '../../support/github/stand-in.ts'
import { temporaryFolder } from '../../support/repo.ts'

const issues = 'POST /repos/{owner}/{repo}/issues'

describe('the stand-in for GitHub', () => {
  test.each([
    ['a route that GitHub does not describe', 'GET /repos/{owner}/{repo}/approvals', {}, 'is not among the routes'],
    [
      'a parameter that the route does not take',
      'GET /repos/{owner}/{repo}/pulls',
      { stat: 'open' },
      'takes no parameter stat',
    ],
    [
      'a value that the parameter does not take',
      'GET /repos/{owner}/{repo}/pulls',
      { state: 'opened' },
      'must be equal to one of',
    ],
    ['a field that the body does not have', issues, { title: 'x', text: 'y' }, 'takes no text in its body'],
    ['a body of another shape', issues, { title: 'x', labels: 'gitsm:sla' }, 'must be array'],
    ['a body without what it must have', issues, { body: 'y' }, "must have required property 'title'"],
  ])('takes %s for a mistake of ours', async (_, route, parameters, says) => {
    const stand = await startGitHub()
    const github = await connectionTo(stand)
    await github.request(route, parameters).catch(() => {})
    await expect(stand.close()).rejects.toThrow(says)
  })

  test('answers below a path, as GitHub Enterprise does, to its own token only', async () => {
    const stand = await startGitHub({ prefix: '/api/v3' })
    expect(stand.env['GITHUB_API_URL']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v3$/)
    const asked = { headers: { 'user-agent': 'test' } }
    expect((await fetch(`${stand.url}/repos/acme/ops`, asked)).status).toBe(401)
    expect((await (await connectionTo(stand)).request('GET /repos/{owner}/{repo}')).status).toBe(200)
  })

  test('lets nobody push to a branch that is guarded', async () => {
    const stand = await startGitHub({ guarded: ['main'] })
    const dir = temporaryFolder()
    stand.git(['clone', '--quiet', stand.bare, `${dir}/clone`])
    const made = stand.push({ branch: 'change', files: { a: 'b' } })
    const push = (branch: string) =>
      stand.git(['-C', `${dir}/clone`, 'push', '--quiet', 'origin', `origin/HEAD:refs/heads/${branch}`])
    stand.git(['-C', `${dir}/clone`, 'commit', '--quiet', '--allow-empty', '-m', 'x'])
    expect(() => stand.git(['-C', `${dir}/clone`, 'push', '--quiet', 'origin', 'HEAD:refs/heads/main'])).toThrow(
      'GH013',
    )
    push('other')
    expect(stand.git(['rev-parse', 'change'])).toBe(made)
    expect(stand.git(['branch', '--list', 'other'])).toContain('other')
  })

  test('notices what is pushed into its repository by anybody', async () => {
    const stand = await startGitHub()
    stand.push({ branch: 'change', files: { a: '1' } })
    const number = await stand.open({ branch: 'change' })
    const dir = temporaryFolder()
    stand.git(['clone', '--quiet', '--branch', 'change', stand.bare, `${dir}/clone`])
    stand.git(['-C', `${dir}/clone`, 'commit', '--quiet', '--allow-empty', '-m', 'pushed from outside'])
    stand.git(['-C', `${dir}/clone`, 'push', '--quiet', 'origin', 'change'])
    const github = await connectionTo(stand)
    const { data } = await github.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: number })
    expect(data).toMatchObject({ commits: 2, head: { sha: stand.git(['rev-parse', 'change']) } })
    const events = await github.pages('GET /repos/{owner}/{repo}/activity', { ref: 'refs/heads/change' })
    expect(events).toMatchObject([{ activity_type: 'push' }, { activity_type: 'branch_creation' }])
  })

  test('knows the more special route first', () => {
    const routes = [
      '/repos/a/b/commits/main/check-runs',
      '/repos/a/b/commits/main',
      '/repos/a/b/branches/a/b/protection',
    ]
    expect(routes.map((path) => matchRoute('GET', path)?.route)).toEqual([
      'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
      'GET /repos/{owner}/{repo}/commits/{ref}',
      'GET /repos/{owner}/{repo}/branches/{branch}/protection',
    ])
  })
})
