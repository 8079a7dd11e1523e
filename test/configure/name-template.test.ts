import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  defaultTemplate,
  formatName,
  type NameFields,
  parseTemplate,
} from '../../src/configure/name-template.ts'
import { AssumeError } from '../../src/errors.ts'
import { identifier } from '../../src/profiles/config/header.ts'

const account: NameFields = {
  accountId: '111122223333',
  accountName: 'Team A (Prod)',
  roleName: 'AdministratorAccess',
  email: 'team-a+prod@example.com',
  session: 'work',
}
const name = (template: string, values: Partial<NameFields> = {}) =>
  formatName(parseTemplate(template), { ...account, ...values })
const nameless: NameFields = { accountId: '111122223333', roleName: 'Admin', session: 'work' }

describe('a name', () => {
  it.each([
    [defaultTemplate, 'Team-A-Prod-AdministratorAccess'],
    ['{account_id}/{role}', '111122223333/AdministratorAccess'],
    ['{session}:{email}', 'work:team-a+prod@example.com'],
    ['{account_name|slug}-{role|lower}', 'team-a-prod-administratoraccess'],
    ['{email|slug}', 'team-a-prod-example-com'],
    ['{ role | upper }', 'ADMINISTRATORACCESS'],
    ['{role|upper|lower}', 'administratoraccess'],
    ['aws {role}!', 'aws-AdministratorAccess'],
    ['a{{b}}{session}', 'a-b-work'],
    ['-{session}-', 'work'],
  ])('from %s', (template, expected) => {
    expect(name(template)).toBe(expected)
  })

  it.each([
    ['Küche & Café', 'Kuche-Cafe'],
    ['Prod - EU', 'Prod-EU'],
    ['a--b', 'a--b'],
    [' [x] #1; y ', 'x-1-y'],
    ['a.b_c/d%e@f:g+h', 'a.b_c/d%e@f:g+h'],
    ['日本', '111122223333'],
    ['Ⅳ ２', 'IV-2'],
    ['it\'s\n"q"', 'it-s-q'],
  ])('of an account called %j', (accountName, expected) => {
    expect(name('{account_name}', { accountName })).toBe(expected)
  })

  it('has the account id where there is no account name, and nothing where there is no address', () => {
    expect(formatName(parseTemplate(defaultTemplate), nameless)).toBe('111122223333-Admin')
    expect(formatName(parseTemplate('{email}-{role}'), nameless)).toBe('Admin')
    expect(formatName(parseTemplate('{email}'), nameless)).toBe('111122223333')
  })

  it('is one that every reader of the config file takes', () => {
    const template = fc.string({
      unit: fc.constantFrom('{role|slug}', '{account_name}', '-', ' ', 'é', '{{', '.'),
    })
    fc.assert(
      fc.property(template, fc.string({ unit: 'binary' }), fc.string(), (text, accountName, roleName) => {
        const result = name(`${text}{email}`, { accountName, roleName, email: roleName })
        expect(result).toMatch(identifier)
        expect(result).not.toMatch(/^-|-$/)
      }),
    )
  })
})

describe('a template that is refused', () => {
  it.each([
    ['{acount}', 'no field "acount"; there are account_name, account_id, role, email, session'],
    ['{}', 'no field ""'],
    ['{toString}', 'no field "toString"'],
    ['{role|title}', 'no function "title"; there are slug, lower, upper'],
    ['{role|constructor}', 'no function "constructor"'],
    ['{role|}', 'no function ""'],
    ['{role', '"{" alone'],
    ['{role}}', '"}" alone'],
    ['{role{session}}', '"{" alone'],
    ['admin', 'no field in it'],
    ['', 'no field in it'],
  ])('%j', (text, message) => {
    const parse = () => parseTemplate(text)
    expect(parse).toThrow(AssumeError)
    expect(parse).toThrow(message)
    expect(parse).toThrow(expect.objectContaining({ code: 'usage' }))
  })
})
