/** The variable of the environment with which no cache is read or written: what `--no-cache` sets. */
export const noCache = 'GITSM_NO_CACHE'
