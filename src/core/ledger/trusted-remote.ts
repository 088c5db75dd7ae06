/** What a clone is set up to know of other repositories. */
export interface CloneRemotes {
  /** The names of its remotes. */
  readonly names: readonly string[]
  /** By branch of this clone, the remote that it follows. */
  readonly upstreams: ReadonlyMap<string, string>
}

/** The branches by which a clone tells what its mainline is called. */
export interface KnownBranches {
  /** What `origin` says that its default branch is. */
  readonly originHead?: string
  /** Names of branches of this clone and of `origin`. */
  readonly has: (name: string) => boolean
}

/**
 * The name of the mainline: the default branch of `origin`, else `main` or `master`. The branch that is checked out has no
 * say, since it may be somebody else's proposal; `undefined` where nothing tells.
 */
export function mainlineName({ originHead, has }: KnownBranches): string | undefined {
  return originHead ?? ['main', 'master'].find(has)
}

/**
 * The remote that the mainline comes from: the one that the mainline of this clone follows, else `origin`. `undefined`
 * where there is neither, so that this clone is on its own.
 */
export function mainlineRemote({ names, upstreams }: CloneRemotes, mainline: string | undefined): string | undefined {
  const followed = mainline === undefined ? undefined : upstreams.get(mainline)
  return [followed, 'origin'].find((each) => each !== undefined && names.includes(each))
}
