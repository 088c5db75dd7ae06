import { Schema } from 'yaml'

/** The YAML 1.2 core schema, built once for all files. */
export const core: Schema = new Schema({ schema: 'core', merge: false, resolveKnownTags: false })
