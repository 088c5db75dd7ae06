/**
 * Tells a person how far a long step has come: what is done in it, how many of its parts are done, and how many there
 * are where that is known. Calling it often costs next to nothing.
 */
export type Progress = (step: string, done: number, total?: number) => void
