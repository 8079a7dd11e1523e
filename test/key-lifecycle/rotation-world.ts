import { onTestFinished, vi } from 'vitest'
import type { Context } from '../../src/context.ts'
import {
  KeyRotation,
  type RotationEnd,
  type RotationTask,
} from '../../src/key-lifecycle/rotation/key-rotation.ts'
import { RotationCalls } from '../../src/key-lifecycle/rotation/rotation-calls.ts'
import type { KeyStore } from '../../src/keys/key-store.ts'
import type { AccessKey, StoredKey } from '../../src/keys/stored-key.ts'
import { resolveProfile } from '../../src/profiles/resolve.ts'
import { sandboxEnvironment } from '../../src/sandbox/config.ts'
import type { SandboxOptions } from '../../src/sandbox/options.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { exampleCiUser } from '../../src/sandbox/sts/role.ts'
import { readProfiles } from '../../src/switch/known-profiles.ts'
import { openSandbox } from '../sandbox/client.ts'
import { createContext } from '../support/context.ts'
import { createHome, type Home } from '../support/home.ts'
import { passTime, readPassedTime } from './passing-time.ts'

/** What ends a run as a kill would: nothing of ours comes after it. */
export class Crash extends Error {}

/** A user of the sandbox with a stored key, and runs of its rotation. */
export class RotationWorld {
  readonly home: Home = createHome()
  readonly sandbox: Sandbox
  readonly screen: string[] = []
  /** What the store has. */
  stored: StoredKey | undefined = toStoredKey(exampleCiUser)
  /** Called before and after each thing that a run does; what it throws ends the run. */
  onBoundary: (name: string) => void = () => {}
  forgotten = 0

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
    this.home.writeAws('[profile ci]\nregion = eu-west-1\nassume_keys = file\n')
    // The SDK reads these whatever it is told.
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true')
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent')
    onTestFinished(() => void vi.unstubAllEnvs())
  }

  static async open(options: SandboxOptions = {}): Promise<RotationWorld> {
    return new RotationWorld(await openSandbox(options))
  }

  createContext(answers?: readonly string[]): Context {
    const env = sandboxEnvironment(this.sandbox.url)
    return createContext(this.home, {
      env,
      screen: this.screen,
      now: () => Date.now() + readPassedTime(),
      wait: passTime,
      ...(answers && { answers }),
    })
  }

  async rotate(
    changes: Partial<Pick<RotationTask, 'deletes' | 'saysYes'>> = {},
    context: Context = this.createContext(),
  ): Promise<RotationEnd> {
    const task: RotationTask = {
      profileName: 'ci',
      deletes: false,
      saysYes: false,
      store: this.#openStore(),
      calls: this.#watchCalls(context),
      forgetSessions: () => {
        this.forgotten += 1
      },
      ...changes,
    }
    return new KeyRotation(context, task).run()
  }

  /** The ids of the user's keys with their states. */
  listKeys(): string[] {
    return this.sandbox.userKeys('ci').map(({ accessKeyId, status }) => `${accessKeyId} ${status}`)
  }

  /** Fails where AWS does not take the stored key, or there are more keys than there may be. */
  async expectSound(): Promise<void> {
    if (this.sandbox.userKeys('ci').length > 2) throw new Error('there are three keys')
    if (!this.stored) throw new Error('the store has lost the key')
    await this.#openCalls(this.createContext()).identify(this.stored)
  }

  /** Makes a key in IAM as somebody else would. */
  async makeKey(): Promise<AccessKey> {
    const iam = await this.#openCalls(this.createContext()).openIam(this.stored as StoredKey)
    const key = await iam.create(0)
    if (key === 'limit') throw new Error('there are two keys')
    return key
  }

  async deactivate(accessKeyId: string): Promise<void> {
    const iam = await this.#openCalls(this.createContext()).openIam(this.stored as StoredKey)
    await iam.deactivate(accessKeyId)
  }

  async delete(accessKeyId: string): Promise<void> {
    const iam = await this.#openCalls(this.createContext()).openIam(this.stored as StoredKey)
    await iam.delete(accessKeyId)
  }

  #openCalls(context: Context): RotationCalls {
    const profiles = readProfiles(context)
    return new RotationCalls(context, profiles, resolveProfile(profiles.config, 'ci', ''), undefined)
  }

  #openStore(): KeyStore {
    return {
      name: 'file',
      read: async () => this.stored,
      write: (_name, key) =>
        this.#within(`store ${key.rotation?.step ?? 'no rotation'}`, async () => {
          this.stored = structuredClone(key)
        }),
      remove: async () => {},
    }
  }

  /** The calls to AWS, with a boundary before and after each. */
  #watchCalls(context: Context): RotationTask['calls'] {
    const calls = this.#openCalls(context)
    return {
      identify: (key) => this.#within('identify', () => calls.identify(key)),
      openIam: async (stored) => {
        const iam = await calls.openIam(stored)
        const watched: Pick<typeof iam, 'list' | 'create' | 'findLastUse' | 'deactivate' | 'delete'> = {
          list: () => this.#within('list', () => iam.list()),
          create: (now) => this.#within('create', () => iam.create(now)),
          findLastUse: (id) => this.#within('find last use', () => iam.findLastUse(id)),
          deactivate: (id) => this.#within('deactivate', () => iam.deactivate(id)),
          delete: (id) => this.#within('delete', () => iam.delete(id)),
        }
        return watched as typeof iam
      },
    }
  }

  async #within<Answer>(name: string, run: () => Promise<Answer>): Promise<Answer> {
    this.onBoundary(`before ${name}`)
    const answer = await run()
    this.onBoundary(`after ${name}`)
    return answer
  }
}

/** The key of a user that the sandbox knows, as it is stored. */
export function toStoredKey({
  accessKeyId,
  secretAccessKey,
}: Pick<AccessKey, 'accessKeyId' | 'secretAccessKey'>): StoredKey {
  return { accessKeyId, secretAccessKey, createdAt: Date.now() - 400 * 86_400_000 }
}
