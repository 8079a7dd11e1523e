import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { SlowestFirst } from './test/support/sequencer.ts'

/** What a developer runs in half a minute: pure files, and no shell but bash. */
const fast = [
  'test/architecture.test.ts',
  'test/{cli,setup}/**/*.test.ts',
  'test/plugins/variable-plan.test.ts',
  'test/import/tools.test.ts',
  'test/ui/{line-editor,picker-view,text-question}.test.ts',
  'test/sso/{oidc-answer,session-state,token}.test.ts',
  'test/sso/login/choice.test.ts',
  'test/text/{json-text,markup,matching,python-json,sha1,shell-words,utf-8}.test.ts',
  'test/emit/{change,shell}.test.ts',
  'test/system/files/{file-edit,file-name,objection}.test.ts',
  'test/aws/{cache-file-name,endpoint,region,web-url}.test.ts',
  'test/ui/{diff,line-diff,ranking,row-ranking}.test.ts',
  'test/profiles/config/{conformance,document,edit,edit-properties,merge}.test.ts',
  'test/profiles/{plugin-settings,profile,resolve,session-list,written-region}.test.ts',
  'test/credentials/{chain,credential-fields,keys-section,role-file}.test.ts',
  'test/quality/{bench-bars,speed-page}.test.ts',
  'test/credentials/from/{container-endpoint,metadata-settings}.test.ts',
  'test/index/row.test.ts',
  'test/{directories,status}/**/*.test.ts',
  'test/console/{destination,hand-over}.test.ts',
  'test/browser/{container,plan,preference}.test.ts',
  'test/configure/{checks,default,name-template,pace,plan,profile-names,sync-plan}.test.ts',
]
/** What starts as many processes as the machine bears: beside others it would be slow, or be wrong. */
const alone = ['test/sso/login/concurrency.test.ts', 'test/system/lock/lock.test.ts']

export default defineConfig({
  test: {
    reporters: ['default', './test/support/reporter.ts'],
    globalSetup: ['./test/support/check-build.ts', './test/support/record-node.ts'],
    // A process for each file would cost as much time as a third of the files do; what a file changes it puts back.
    isolate: false,
    testTimeout: 150_000,
    hookTimeout: 120_000,
    // Much of a test is waiting: for a shell, a lock, a pace. A third worker takes that time.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    sequence: { sequencer: SlowestFirst },
    projects: [
      project('fast', 0, { include: fast, exclude: alone }),
      project('whole', 0, { include: ['test/**/*.test.ts'], exclude: [...fast, ...alone] }),
      project('alone', 1, { include: alone, maxWorkers: 1 }),
    ],
  },
})

interface Files {
  readonly include: string[]
  readonly exclude?: string[]
  readonly maxWorkers?: number
}

/** Projects of the same `order` run together, those of a higher one afterwards. */
function project(name: string, order: number, files: Files) {
  return {
    extends: true as const,
    test: { name, ...files, sequence: { groupOrder: order }, setupFiles: './test/support/worker-world.ts' },
  }
}
