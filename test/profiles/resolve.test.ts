import { describe, expect, it } from 'vitest'
import { ownWords } from '../../src/cli/table.ts'
import { AssumeError } from '../../src/errors.ts'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { type OwnWord, resolveProfile } from '../../src/profiles/resolve.ts'

/** What is said of a name that no profile has, and the command that is proposed. */
function complain(typed: string, names: readonly string[], words: readonly OwnWord[] = ownWords) {
  const text = names.map((name) => `[profile ${name}]\nregion = x\n`).join('')
  const config = mergeDocuments(parseDocument(text, 'config'), parseDocument('', 'credentials'))
  try {
    resolveProfile(config, typed, '~/.aws/config', words)
  } catch (error) {
    if (error instanceof AssumeError)
      return [error.message.replace(/.*; did you mean (.*)\?|.*/, '$1'), error.hint]
    throw error
  }
  return []
}

describe('a name that no profile has', () => {
  const list = 'assume list'
  it.each<[string, readonly string[], string, string]>([
    ['dev', ['Development-FullAccess'], 'Development-FullAccess', list],
    ['de', ['Development-FullAccess'], 'Development-FullAccess', list],
    ['de', ['x'], '', list],
    ['pro', ['production'], 'production', list],
    ['dve', ['dev'], 'dev', list],
    ['dve', ['my-dev', 'dev', 'other'], 'dev', list],
    ['prod', ['a-prod', 'prod-a', 'prdo'], 'prod-a, a-prod or prdo', list],
    ['LOGIN', ['login'], '--profile=login', 'assume --profile=login'],
    ['lgoin', ['login'], 'assume login or --profile=login', 'assume login'],
    ['lgoin', ['a'], 'assume login', 'assume login'],
    ['logut', ['a'], 'assume logout', 'assume logout'],
    ['stat', ['a'], 'assume status', 'assume status'],
    ['stat', ['static-keys'], 'static-keys or assume status', list],
    ['unset', ['a'], 'assume --unset', 'assume --unset'],
    ['regoin', ['a'], 'assume --region REGION', 'assume --help'],
    ['-y', ['-x'], '--profile=-x', 'assume --profile=-x'],
  ])('%s of %j: %s', (typed, names, nearest, hint) => {
    expect(complain(typed, names)).toEqual([nearest, hint])
  })

  it('is a profile where nothing else can stand', () => {
    expect(complain('lgoin', ['login'], [])).toEqual(['login', list])
    expect(complain('dve', ['dev'], [])).toEqual(['dev', list])
  })
})
