import { describe, expect, it } from 'vitest'
import { leapp } from '../../src/import/tools/leapp.ts'
import { changes, notesOf } from './plans.ts'
import { lockWorkspace, passphrase } from './world.ts'

const chained = (id: string, parent: string, more = {}) => ({
  sessionId: id,
  sessionName: id,
  type: 'awsIamRoleChained',
  roleArn: `arn:aws:iam::111122223333:role/${id}`,
  parentSessionId: parent,
  ...more,
})
const user = (more = {}) => ({ sessionId: 'u', sessionName: 'u', type: 'awsIamUser', ...more })

const workspace = (...sessions: object[]) => ({
  own: { workspace: lockWorkspace(JSON.stringify({ _sessions: sessions })) },
  machineIds: [passphrase],
})

describe('Leapp', () => {
  it('names sessions that are assumed from each other in a circle', () => {
    const given = workspace(chained('a', 'b'), chained('b', 'a'), chained('c', 'c'), user())
    expect(changes(leapp, given)).toEqual(['[profile u]', 'credential_process = leapp session generate u'])
    for (const name of ['a', 'b', 'c'])
      expect(notesOf(leapp, given)).toContain(
        `cannot session ${name}: the sessions that it is assumed from end in a circle`,
      )
  })

  it('makes a profile without a region that there cannot be', () => {
    const given = workspace(user({ region: 'eu-west-1"; x' }))
    expect(changes(leapp, given)).toEqual(['[profile u]', 'credential_process = leapp session generate u'])
    expect(notesOf(leapp, given)).toContain(
      'cannot session u: its region, eu-west-1"; x, which there cannot be',
    )
    expect(changes(leapp, workspace(user({ region: 'eu-west-1' })))).toContain('region = eu-west-1')
  })
})
