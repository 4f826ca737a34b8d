import fs from 'node:fs'
import path from 'node:path'
import MiniSearch from 'minisearch'
import { createMarkdownRenderer, type SiteConfig } from 'vitepress'
import type { Plugin } from 'vite'
import { chinese, fromDocs, isChinese } from '../pages/paths'
import { wordsOf } from './words'

const request = '@localSearchIndex'

/**
 * The index of the search, one per language. VitePress makes its own by the folders of the files, and here a twin lies beside its page.
 */
export function searchIndex(): Plugin {
  let site: SiteConfig
  let indexes: Promise<Map<string, MiniSearch>> | undefined
  return {
    name: 'search-index',
    enforce: 'pre',
    configResolved: config => { site = (config as unknown as { vitepress: SiteConfig }).vitepress },
    handleHotUpdate: () => { indexes = undefined },
    async load(id) {
      if (!id.startsWith('/' + request)) return
      const made = await (indexes ??= makeIndexes(site))
      const language = id.slice(request.length + 1)
      if (language) return `export default ${JSON.stringify(JSON.stringify(made.get(language)))}`
      return `export default {${[...made.keys()].map(key => `${JSON.stringify(key)}: () => import('${request}${key}')`)}}`
    },
  }
}

async function makeIndexes(site: SiteConfig) {
  const markdown = await createMarkdownRenderer(site.srcDir, site.markdown, site.site.base, site.logger)
  const indexes = new Map(['root', chinese].map(language => [language, new MiniSearch({
    fields: ['title', 'titles', 'text'], storeFields: ['title', 'titles'], tokenize: wordsOf,
  })]))
  for (const file of site.pages) {
    const realPath = path.join(site.srcDir, file)
    const page = site.rewrites.map[file] ?? file
    const html = markdown.render(fs.readFileSync(realPath, 'utf8'), { path: realPath, realPath, relativePath: page, cleanUrls: site.cleanUrls })
    const address = site.site.base + page.replace(/\.md$/, '.html').replace(/(^|\/)index\.html$/, '$1')
    indexes.get(isChinese(fromDocs(realPath)) ? chinese : 'root')!.addAll(sectionsOf(html, address))
  }
  return indexes
}

/** The sections of a page: each heading with the text below it, up to the next. */
function sectionsOf(html: string, address: string) {
  const above: string[] = []
  return html.split(/(?=<h[1-6][ >])/).flatMap(section => {
    const heading = /^<h([1-6])[^>]*? id="([^"]*)"[^>]*>(.*?)<a class="header-anchor"[^]*?<\/h\1>/.exec(section)
    if (!heading) return []
    const level = Number(heading[1])
    const title = textOf(heading[3])
    above.length = level - 1
    const titles = above.filter(Boolean)
    above[level - 1] = title
    return [{ id: `${address}#${heading[2]}`, title, titles, text: textOf(section.slice(heading[0].length)) }]
  })
}

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }

const textOf = (html: string) => html.replace(/<[^>]*>/g, '').replace(/&(lt|gt|quot|#39|amp);/g, entity => entities[entity]).trim()
