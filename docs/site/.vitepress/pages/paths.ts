import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the Markdown, which GitHub shows as it is and this site shows as pages. */
export const docs = fileURLToPath(new URL('../../../', import.meta.url)).replace(/[\\/]$/, '')

export const chinese = 'zh-Hans'

const chineseEnding = `.${chinese}.md`

/** Where the page of a Markdown file is: `rules/AP0002.zh-Hans.md` is the page `zh-Hans/rules/AP0002.md`. */
export function pageOf(file: string): string {
  const page = file.replace(/(^|\/)README(?=\.)/, '$1index')
  return page.endsWith(chineseEnding) ? `${chinese}/${page.slice(0, -chineseEnding.length)}.md` : page
}

/** The English file of a pair; the file itself where it is English. */
export const englishOf = (file: string) => file.endsWith(chineseEnding) ? file.slice(0, -chineseEnding.length) + '.md' : file

export const isChinese = (file: string) => file.endsWith(chineseEnding)

/** The path of a source file from the folder of the Markdown, with slashes. */
export const fromDocs = (file: string) => path.relative(docs, file).split(path.sep).join('/')

export const read = (file: string) => fs.readFileSync(path.join(docs, file), 'utf8')
