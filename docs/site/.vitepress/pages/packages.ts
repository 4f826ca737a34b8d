import path from 'node:path'
import type { Plugin } from 'vite'
import { docs } from './paths'

/** Finds the packages that pages import: the pages lie beside this folder, where no `node_modules` is. */
export function packagesOfPages(): Plugin {
  return {
    name: 'packages-of-pages',
    enforce: 'pre',
    resolveId(id, importer, options) {
      return /^vue(\/|$)/.test(id) && importer && /\.md(\?|$)/.test(importer)
        ? this.resolve(id, path.join(docs, 'site', 'package.json'), { ...options, skipSelf: true })
        : undefined
    },
  }
}
