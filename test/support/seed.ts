import fc from 'fast-check'
import { startGitElsewhere } from './git-starter.ts'

/**
 * Property tests try the same cases at every run, so that a red one can be run again as it was. Other cases:
 * `GITSM_TEST_SEED=1 npm test`.
 */
const seed = Number(process.env['GITSM_TEST_SEED'] ?? '20261121')

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })

startGitElsewhere()
