import { fromDocs } from '../pages/paths'

/** The Markdown file that is rendered, by its path from the folder of all. */
export const sourceOf = (env: { path: string, realPath?: string }) => fromDocs(env.realPath ?? env.path)
