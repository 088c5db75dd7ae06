import type { AddCommand } from './command.ts'

/** `gitsm cab`. */
export const addCab: AddCommand = (program, run) => {
  program
    .command('cab')
    .summary('draw up the agenda of the change advisory board, or its minutes')
    .description(
      'Draws up what the change advisory board decides about in a week: changes that wait for approval, the riskiest first, with what they need, lack and collide with; emergencies to ratify; freezes; what came of the changes of the week before. With --minutes, what was decided in a week, who said what, and what was carried out. Open pull requests are asked for where there is a token for GitHub.',
    )
    .option('--week <week>', 'an ISO week such as 2026-W48; the coming one, or for minutes the past one')
    .option('--minutes', 'what was decided instead of what is to be decided')
    .option('--pulls', 'fail where open pull requests cannot be asked for')
    .option('--no-pulls', 'ask GitHub for nothing')
    .action(async ({ week, minutes = false, pulls }: { week?: string; minutes?: boolean; pulls?: boolean }) => {
      await run(['text', 'json', 'markdown'], async (world) => {
        const { cab } = await import('../journeys/cab.ts')
        const asked = pulls === undefined ? 'if_any' : pulls ? 'wanted' : 'none'
        return cab(world, { ...(week !== undefined && { week }), minutes, pulls: asked })
      })
    })
}
