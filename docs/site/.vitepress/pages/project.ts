import fs from 'node:fs'
import path from 'node:path'
import { docs } from './paths'

const properties = fs.readFileSync(path.join(docs, '..', 'Directory.Build.props'), 'utf8')

/** A property of `Directory.Build.props`, which the analyzers' help links are made from too. */
function property(name: string): string {
  const value = new RegExp(`<${name}>(.*?)</${name}>`).exec(properties)?.[1]
  if (!value) throw new Error(`Directory.Build.props has no ${name}.`)
  return value
}

export const repository = property('RepositoryUrl')

/** The path under which the site is served: `/`, or a folder such as `/asyncpitfalls/`. */
export const base = new URL(property('AsyncPitfallsSite')).pathname

export const icon = fs.readFileSync(path.join(docs, '..', 'nuget', 'icon.svg'), 'utf8')
