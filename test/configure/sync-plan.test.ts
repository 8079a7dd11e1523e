import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultTemplate, parseTemplate } from '../../src/configure/name-template.ts'
import { type Assignment, planSync, type SyncEntry, type SyncRequest } from '../../src/configure/sync-plan.ts'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { editDocument } from '../../src/profiles/config/edit.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { configText } from '../profiles/config/grammar.ts'

const session = '[sso-session work]\nsso_region = eu-west-2\nsso_start_url = https://x/start\n'

/** `ACCOUNT ROLE [NAME]`, the name with underscores for blanks. */
function assign(...lines: string[]): Assignment[] {
  return lines.map((line) => {
    const [accountId = '', roleName = '', name] = line.split(' ')
    return { accountId, roleName, ...(name && { accountName: name.replaceAll('_', ' ') }) }
  })
}

function sync(
  text: string,
  assignments: readonly Assignment[],
  options: Partial<SyncRequest> & { names?: string; credentials?: string } = {},
) {
  const { names = defaultTemplate, credentials = '', ...rest } = options
  const config = mergeDocuments(parseDocument(text, 'config'), parseDocument(credentials, 'credentials'))
  const plan = planSync(config, {
    session: 'work',
    assignments,
    closedAccounts: [],
    template: parseTemplate(names),
    region: 'eu-west-2',
    completesRegion: false,
    prunes: false,
    ...rest,
  })
  return { plan, after: editDocument(text, 'config', plan.edits) }
}

const namesOf = (entries: readonly SyncEntry[]) => entries.map(({ name }) => name)

/** A profile as sync writes it. */
const synced = (name: string, account: string, role: string, more = 'region = eu-west-2\n') =>
  `[profile ${name}]\nsso_session = work\nsso_account_id = ${account}\nsso_role_name = ${role}\n${more}assume_synced = work\n`
const handMade = (name: string, account: string, role: string) =>
  `[profile ${name}]\nsso_session = work\nsso_account_id = ${account}\nsso_role_name = ${role}\n`

describe('new roles', () => {
  it('get profiles at the end of the file, by name', () => {
    const { plan, after } = sync(session, assign('2 Admin Prod', '1 Read Dev', '1 Admin Dev'))
    expect(after).toBe(
      [
        session,
        synced('Dev-Admin', '1', 'Admin'),
        synced('Dev-Read', '1', 'Read'),
        synced('Prod-Admin', '2', 'Admin'),
      ].join('\n'),
    )
    expect(plan.added).toEqual([
      { name: 'Dev-Admin', accountId: '1', accountName: 'Dev', roleName: 'Admin' },
      { name: 'Dev-Read', accountId: '1', accountName: 'Dev', roleName: 'Read' },
      { name: 'Prod-Admin', accountId: '2', accountName: 'Prod', roleName: 'Admin' },
    ])
  })

  it('keep the line endings of the file', () => {
    const { after } = sync('[default]\r\nregion = x\r\n', assign('1 Admin'))
    expect(after.replaceAll('\r\n', '')).not.toContain('\n')
  })

  it('are written once even if the service names them twice', () => {
    expect(namesOf(sync(session, assign('1 Admin Dev', '1 Admin Dev')).plan.added)).toEqual(['Dev-Admin'])
  })

  it('get no region where none is wanted', () => {
    const { region: _, ...request } = { region: undefined }
    const config = mergeDocuments(parseDocument('', 'config'), parseDocument('', 'credentials'))
    const { edits } = planSync(config, {
      ...request,
      session: 'work',
      assignments: assign('1 Admin'),
      closedAccounts: [],
      template: parseTemplate(defaultTemplate),
      completesRegion: true,
      prunes: false,
    })
    expect(editDocument('', 'config', edits)).toBe(synced('1-Admin', '1', 'Admin', ''))
  })

  it('with the same name get their account ids; one that another profile has does too, and it is said', () => {
    const text = `${session}[profile B-Admin]\nregion = x\n`
    const { plan } = sync(text, assign('1 Admin A', '2 Admin A', '3 Admin B'))
    expect(namesOf(plan.added)).toEqual(['A-Admin-1', 'A-Admin-2', 'B-Admin-3'])
    expect(plan.displaced).toMatchObject([{ entry: { name: 'B-Admin-3' }, wished: 'B-Admin' }])
  })

  it('never take a name of the credentials file', () => {
    const credentials = '[A-Admin]\naws_access_key_id = x\n'
    expect(namesOf(sync(session, assign('1 Admin A'), { credentials }).plan.added)).toEqual(['A-Admin-1'])
  })
})

describe('profiles made by hand', () => {
  it('cover their role and are left alone', () => {
    const text = session + handMade('mine', '1', 'Admin')
    const { plan, after } = sync(text, assign('1 Admin Dev'), { region: 'x', completesRegion: true })
    expect(after).toBe(text)
    expect(namesOf(plan.kept)).toEqual(['mine'])
  })

  it.each([
    ['of another session', handMade('mine', '1', 'Admin').replace('work', 'play')],
    [
      'with a start URL of their own',
      handMade('mine', '1', 'Admin').replace('sso_session = work', 'sso_start_url = u'),
    ],
    ['for another role', handMade('mine', '1', 'Read')],
  ])('%s cover nothing', (_name, profile) => {
    expect(namesOf(sync(session + profile, assign('1 Admin Dev')).plan.added)).toEqual(['Dev-Admin'])
  })

  it.each([
    ['without the marker', handMade('mine', '1', 'Admin')],
    ['with the marker of another session', `${handMade('mine', '1', 'Admin')}assume_synced = play\n`],
    [
      'with the marker, but moved to another session',
      synced('mine', '1', 'Admin').replace('= work', '= play'),
    ],
    ['with the marker and no role any more', synced('mine', '1', 'Admin').replace(/sso_role_name.*\n/, '')],
  ])('%s are never stale', (_name, profile) => {
    const { plan, after } = sync(session + profile, assign('2 Admin Prod'), { prunes: true })
    expect([plan.stale, plan.removed]).toEqual([[], []])
    expect(after.startsWith(session + profile)).toBe(true)
  })

  it('may be synced ones that now stand in the credentials file too', () => {
    const { plan } = sync(session + synced('mine', '1', 'Admin'), [], {
      prunes: true,
      credentials: '[mine]\naws_access_key_id = x\n',
    })
    expect([plan.stale, plan.removed]).toEqual([[], []])
  })
})

describe('synced profiles', () => {
  const text = `${session}\n${synced('Dev-Admin', '1', 'Admin')}`

  it('are unchanged the second time', () => {
    const { plan, after } = sync(text, assign('1 Admin Dev'))
    expect(after).toBe(text)
    expect(namesOf(plan.unchanged)).toEqual(['Dev-Admin'])
    expect(plan.renamed).toEqual([])
  })

  it('keep what the user has put in', () => {
    const own = synced('Dev-Admin', '1', 'Admin', 'region = us-east-1 # mine\noutput = text\ns3 =\n  x = 1\n')
    const { after } = sync(session + own, assign('1 Admin Dev'), {
      region: 'eu-west-1',
      completesRegion: true,
    })
    expect(after).toBe(session + own)
  })

  it('get a region only if it is asked for and they have none', () => {
    const bare = session + synced('Dev-Admin', '1', 'Admin', '')
    expect(sync(bare, assign('1 Admin Dev')).after).toBe(bare)
    const { plan, after } = sync(bare, assign('1 Admin Dev'), { region: 'eu-west-1', completesRegion: true })
    expect(namesOf(plan.changed)).toEqual(['Dev-Admin'])
    expect(after).toBe(`${bare}region = eu-west-1\n`)
  })

  it('keep their names when the account is called otherwise, and it is said', () => {
    const { plan, after } = sync(text, assign('1 Admin Development'))
    expect(after).toBe(text)
    expect(plan.renamed).toMatchObject([{ entry: { name: 'Dev-Admin' }, wished: 'Development-Admin' }])
  })

  it.each(['Dev-Admin-1', 'Dev-Admin-1-Admin', 'Dev-Admin-1-Admin-2'])(
    'called %s to be unique are not renamed',
    (name) => {
      expect(sync(session + synced(name, '1', 'Admin'), assign('1 Admin Dev')).plan.renamed).toEqual([])
    },
  )

  it('hold their name against a new account of the same name', () => {
    const { plan } = sync(text, assign('1 Admin Dev', '2 Admin Dev'))
    expect(namesOf(plan.added)).toEqual(['Dev-Admin-2'])
  })
})

describe('profiles whose role is gone', () => {
  const mine = `# mine\n${handMade('mine', '1', 'Gone')}\n`
  const first = `${session}\n${synced('A', '1', 'Admin')}\n`
  const gone = `${synced('B', '2', 'Admin')}output = json\n\n`
  const last = `# about C\n${synced('C', '1', 'Read')}\n${mine}`
  const text = first + gone + last
  const left = assign('1 Admin A', '1 Read A')

  it('are stale, and stay', () => {
    const { plan, after } = sync(text, left)
    expect(namesOf(plan.stale)).toEqual(['B'])
    expect(after).toBe(text)
  })

  it('are removed with --prune, and nothing else', () => {
    const { plan, after } = sync(text, left, { prunes: true })
    expect([namesOf(plan.removed), plan.stale]).toEqual([['B'], []])
    expect(after).toBe(first + last)
  })

  it('stay while the service does not tell the roles of their account', () => {
    const { plan, after } = sync(text, left, { prunes: true, closedAccounts: ['2'] })
    expect([plan.removed, plan.stale]).toEqual([[], []])
    expect(after).toBe(text)
  })

  it('stay while another profile needs them', () => {
    const chain = `${text}[profile chain]\nrole_arn = arn:aws:iam::3:role/x\nsource_profile = B\n`
    const { plan, after } = sync(chain, left, { prunes: true })
    expect(namesOf(plan.needed)).toEqual(['B'])
    expect(namesOf(plan.stale)).toEqual(['B'])
    expect(after).toBe(chain)
  })
})

describe('a filter', () => {
  const text = session + synced('old', '9', 'Admin') + synced('older', '8', 'Read')
  const assignments = assign('1 Admin Dev', '1 Read Dev', '2 Admin Prod_EU')

  it.each([
    ['dev', ['Dev-Admin', 'Dev-Read'], []],
    ['read', ['Dev-Read'], ['older']],
    ['2', ['Prod-EU-Admin'], []],
    ['prod eu', ['Prod-EU-Admin'], []],
    ['*-eu-*', ['Prod-EU-Admin'], []],
    ['old', [], ['old', 'older']],
    ['9', [], ['old']],
    ['x', [], []],
  ])('%s', (filter, added, removed) => {
    const { plan } = sync(text, assignments, { filter, prunes: true })
    expect([namesOf(plan.added), namesOf(plan.removed)]).toEqual([added, removed])
  })

  it('does not change names', () => {
    const { plan } = sync(session, assign('1 Admin A', '2 Admin A'), { filter: '1' })
    expect(namesOf(plan.added)).toEqual(['A-Admin-1'])
  })
})

describe('any file and any assignments', () => {
  const account = fc.constantFrom('1', '2', '3', '4')
  const role = fc.constantFrom('Admin', 'admin', 'x=y', 'x,y', 'a')
  const assignment = fc.record(
    {
      accountId: account,
      roleName: role,
      accountName: fc.constantFrom('a', 'b', 'default', 'a b', 'é', '', '日'),
    },
    { requiredKeys: ['accountId', 'roleName'] },
  )
  const assignments = fc.array(assignment, { maxLength: 12 })
  const own = fc.tuple(
    fc.constantFrom('a', 'b-Admin', 'x'),
    account,
    role,
    fc.constantFrom('work', 'play'),
    fc.boolean(),
  )
  const text = fc
    .tuple(configText, fc.array(own, { maxLength: 4 }), configText)
    .map(
      ([before, profiles, after]) =>
        `${before}\n${profiles.map(([name, id, roleName, mark, isMarked]) => `${handMade(name, id, roleName)}${isMarked ? `assume_synced = ${mark}\n` : ''}`).join('')}${after}`,
    )
  const names = fc.constantFrom(defaultTemplate, '{account_name}', '{role|slug}', '{account_id}-{session}')

  it('leave nothing to do after the first time, and lines of others as they are', () => {
    fc.assert(
      fc.property(
        text,
        assignments,
        names,
        fc.boolean(),
        fc.boolean(),
        (before, list, names, prunes, completesRegion) => {
          const options = { names, prunes, completesRegion }
          const { plan, after } = sync(before, list, options)
          const again = sync(after, list, options)
          expect(again.plan.edits).toEqual([])
          expect(again.after).toBe(after)
          if (plan.removed.length === 0 && plan.changed.length === 0)
            expect(after.startsWith(before)).toBe(true)
          const pairs = new Set(list.map(({ accountId, roleName }) => `${accountId} ${roleName}`))
          const held = [...again.plan.unchanged, ...again.plan.kept].map(
            (each) => `${each.accountId} ${each.roleName}`,
          )
          expect(new Set(held)).toEqual(pairs)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('give what pruning everything takes away again, to the byte', () => {
    fc.assert(
      fc.property(configText, assignments, (text, list) => {
        const before = `${text}\n# the last line\n`
        const { after } = sync(before, list)
        const { after: emptied } = sync(after, [], { prunes: true })
        expect(emptied).toBe(before)
      }),
      { numRuns: 300 },
    )
  })
})
