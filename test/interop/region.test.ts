import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/profiles/config/document.ts'
import { mergeDocuments } from '../../src/profiles/config/merge.ts'
import { viewDocuments } from '../../src/profiles/config/reader-view.ts'
import { findToolRegion, type RegionTool } from '../../src/status/tool-region.ts'
import { createHome, repository } from '../support/home.ts'
import { baseEnvironment } from '../support/shell.ts'
import { findAwsCli, findBotocore } from './world.ts'

const config = `[default]
region = eu-north-1
[profile p]
region = eu-west-1
[profile q]
region = eu-west-2
[profile silent]
output = json
[ profile padded ]
region = eu-south-1
`
const environments: readonly Readonly<Record<string, string>>[] = [
  {},
  { AWS_PROFILE: 'p' },
  { AWS_PROFILE: 'silent' },
  { AWS_PROFILE: '' },
  { AWS_DEFAULT_PROFILE: 'q' },
  { AWS_PROFILE: 'p', AWS_DEFAULT_PROFILE: 'q' },
  { AWS_PROFILE: 'p', AWS_REGION: 'us-west-2' },
  { AWS_PROFILE: 'p', AWS_DEFAULT_REGION: 'us-west-2' },
  { AWS_PROFILE: 'p', AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-east-1' },
  { AWS_PROFILE: 'p', AWS_REGION: '' },
  { AWS_PROFILE: 'p', AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-2' },
  { AWS_PROFILE: 'p', AWS_DEFAULT_REGION: '' },
]

function foretell(tool: RegionTool): string[] {
  const documents = [parseDocument(config, 'config'), parseDocument('', 'credentials')] as const
  return environments.map((env) => {
    const facts = { env, config: mergeDocuments(...documents), readAs: viewDocuments(documents, env), now: 0 }
    return findToolRegion(tool, facts).region
  })
}

/** What a program finds that reads the environments from its last argument, and prints a list of regions. */
function ask(program: string, words: readonly string[]): unknown {
  const home = createHome()
  home.writeAws(config)
  const cases = home.write('cases.json', JSON.stringify(environments))
  const { stdout, stderr } = spawnSync(program, [...words, cases], {
    env: { ...baseEnvironment(home), AWS_EC2_METADATA_DISABLED: 'true' },
    cwd: repository,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

const pythonProgram = (session: string) =>
  [
    'import json, os, sys',
    session,
    'base, regions = dict(os.environ), []',
    'for case in json.load(open(sys.argv[1])):',
    '    os.environ.clear()',
    '    os.environ.update({**base, **case})',
    '    try:',
    "        regions.append(create().get_config_variable('region') or '')",
    '    except Exception as error:',
    "        regions.append('' if 'ProfileNotFound' in repr(error) else repr(error))",
    'print(json.dumps(regions))',
  ].join('\n')

const jsProgram = [
  "import { readFileSync } from 'node:fs'",
  "import { STSClient } from '@aws-sdk/client-sts'",
  'const base = process.env',
  'const regions = []',
  "for (const env of JSON.parse(readFileSync(process.argv[1], 'utf8'))) {",
  '  process.env = { ...base, ...env }',
  '  const region = Promise.resolve().then(() => new STSClient({}).config.region())',
  "  regions.push(await region.catch(() => ''))",
  '}',
  'console.log(JSON.stringify(regions))',
].join('\n')

const python = findBotocore()
/** The Python of the AWS CLI of this machine, where its distribution has made one package of it. */
const ofCli =
  findAwsCli() && existsSync('/usr/lib/python3/dist-packages/awscli') ? '/usr/bin/python3' : undefined

describe('the region is foretold', () => {
  it.skipIf(!ofCli)('of the AWS CLI', () => {
    const session =
      'from awscli.clidriver import create_clidriver\ncreate = lambda: create_clidriver().session'
    expect(ask(ofCli ?? '', ['-c', pythonProgram(session)])).toEqual(foretell('aws-cli'))
  })

  it.skipIf(!python)('of boto3', () => {
    const session = 'from botocore.session import Session as create'
    expect(ask(python ?? '', ['-c', pythonProgram(session)])).toEqual(foretell('boto3'))
  })

  it('of the AWS SDK for JavaScript', () => {
    const words = ['--input-type=module', '--no-warnings', '--eval', jsProgram]
    expect(ask(process.execPath, words)).toEqual(foretell('js-sdk'))
  })
})
