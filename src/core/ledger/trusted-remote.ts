/** What a clone is set up to know of other repositories. */
export interface CloneRemotes {
  /** The names of its remotes. */
  readonly names: readonly string[]
  /** By branch of this clone, the remote that it follows. */
  readonly upstreams: ReadonlyMap<string, string>
}

/** The branches by which a clone tells what its mainline is called. */
export interface KnownBranches {
  /**
   * What `origin` calls its default branch; where there is no `origin`, what the remote of the branch that is checked
   * out does.
   */
  readonly defaultBranch?: string
  /** Names of branches of this clone and of `origin`. */
  readonly has: (name: string) => boolean
}

/**
 * The remote whose default branch tells what the mainline is called, `origin` before that of the branch checked out.
 */
export function namingRemote({ names, upstreams }: CloneRemotes, current: string | undefined): string | undefined {
  const followed = current === undefined ? undefined : upstreams.get(current)
  return ['origin', followed].find((each) => each !== undefined && names.includes(each))
}

/**
 * The name of the mainline: the default branch of `origin`, else `main` or `master`. That a branch is checked out gives
 * it no say, since it may be somebody else's proposal: without `origin` and those two it counts where its remote calls
 * it the default branch. `undefined` where nothing tells.
 */
export function mainlineName(
  { defaultBranch, has }: KnownBranches,
  naming: string | undefined,
  current: string | undefined,
): string | undefined {
  if (naming === 'origin' && defaultBranch !== undefined) return defaultBranch
  return ['main', 'master'].find(has) ?? (defaultBranch === current ? defaultBranch : undefined)
}

/**
 * The remote that the mainline comes from: the one that the mainline of this clone follows, else `origin`. `undefined`
 * where there is neither, so that this clone is on its own.
 */
export function mainlineRemote({ names, upstreams }: CloneRemotes, mainline: string | undefined): string | undefined {
  const followed = mainline === undefined ? undefined : upstreams.get(mainline)
  return [followed, 'origin'].find((each) => each !== undefined && names.includes(each))
}
