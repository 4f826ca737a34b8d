import { chinese, pageOf, read } from './paths'

/** A row of the rule table of `docs/README.md`, which the tests write from the catalog. */
export interface Rule {
  id: string
  title: string
  family: string
  severity: string
  /** Whether the rule is off where no configuration names it, in the words of the table; else empty. */
  off: string
  fix: string
  link: string
}

const row = /^\| \[(AP\d+)\]\((.+?)\) \| (.+) \| (\w+) \| (.+?)([,，].+?)? \| (.+?) \|$/gm

const escapedPipe = /\\\|/g

/** All rules, as the index in a language lists them. */
export function rulesOf(language: string): Rule[] {
  const index = read(language === chinese ? `README.${chinese}.md` : 'README.md')
  return [...index.matchAll(row)].map(([, id, file, title, family, severity, off = '', fix]) => ({
    id, title: title.replace(escapedPipe, '|'), family, severity, off, fix, link: '/' + pageOf(file).replace(/\.md$/, ''),
  }))
}
