/** Where the address of a remote leads: a host, and the path of a repository there. */
export interface RemotePlace {
  readonly host: string
  readonly path: string
}

/**
 * The host and the path that the address of a remote names: `https://host/o/r.git`, `ssh://git@host/o/r`,
 * `git@host:o/r`.
 */
export function remotePlace(remote: string | undefined): RemotePlace | undefined {
  const [, host, path] =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(remote ?? '') ??
    /^(?:[^@/:]+@)([^/:]+):(?!\/\/)(.+)$/.exec(remote ?? '') ??
    []
  if (host === undefined || path === undefined) return undefined
  return { host: host.toLowerCase(), path: path.replace(/\/+$/, '').replace(/\.git$/, '') }
}

/**
 * The page of a forge on which a pull request from one branch into another is opened; `undefined` where there is none.
 */
export function comparison(remote: string | undefined, into: string, branch: string): string | undefined {
  const place = remotePlace(remote)
  if (!place) return undefined
  const [base, head] = [into, branch].map((name) => name.split('/').map(encodeURIComponent).join('/'))
  const at = `https://${place.host}/${place.path.split('/').map(encodeURIComponent).join('/')}`
  if (!place.host.includes('gitlab')) return `${at}/compare/${base}...${head}?expand=1`
  return `${at}/-/merge_requests/new?merge_request%5Bsource_branch%5D=${encodeURIComponent(branch)}`
}
