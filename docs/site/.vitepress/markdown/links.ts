import fs from 'node:fs'
import path from 'node:path'
import type { MarkdownRenderer } from 'vitepress'
import { anchorOf } from '../pages/anchors'
import { docs, pageOf } from '../pages/paths'
import { repository } from '../pages/project'
import { sourceOf } from './source'

/** Leads links from file to file to the pages of these files, and to the repository where a file is no page. */
export function links(markdown: MarkdownRenderer) {
  markdown.core.ruler.push('links_to_pages', state => {
    const source = sourceOf(state.env)
    for (const token of state.tokens.flatMap(token => token.children ?? []).filter(token => token.type === 'link_open')) {
      const [target, anchor] = (token.attrGet('href') ?? '').split('#')
      if (/^[a-z]+:/.test(target) || token.attrGet('class') === 'header-anchor') continue
      token.attrSet('href', addressOf(source, decodeURI(target), anchor && decodeURI(anchor)))
    }
  })
}

function addressOf(source: string, target: string, anchor?: string) {
  const file = target ? path.posix.join(path.posix.dirname(source), target) : source
  if (!fs.existsSync(path.join(docs, file))) throw new Error(`${source} links to ${target}, which is not there.`)
  if (!file.endsWith('.md') || file.startsWith('../')) return `${repository}/blob/main/${path.posix.join('docs', file)}`
  const page = '/' + pageOf(file).replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '.html')
  return (target ? page : '') + (anchor ? `#${anchorOf(file, anchor)}` : '')
}
