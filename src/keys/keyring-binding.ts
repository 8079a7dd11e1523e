import { createRequire } from 'node:module'
import { arch } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type * as Keyring from '@napi-rs/keyring'
import type { Context } from '../context.ts'
import { AssumeError } from '../errors.ts'
import { refuse } from '../system/files/cache-file.ts'
import { findObjection, keepsOwnership, type OwnershipWorld } from '../system/files/ownership.ts'
import { objectIn, parseJsonObject, stringIn } from '../text/json-object.ts'
import { printable } from '../text/redact.ts'
import { decodeText } from '../text/utf-8.ts'

export type BindingWorld = OwnershipWorld & Pick<Context, 'installation' | 'platform'>

/** The part of `@napi-rs/keyring` that is used. */
export type KeyringBinding = Pick<typeof Keyring, 'AsyncEntry'>

const packageName = '@napi-rs/keyring'

/**
 * The native part of `@napi-rs/keyring` for this platform, from the installation or, as npm lays packages out, from the folder
 * that the installation lies in. Neither NODE_PATH nor the current folder counts, nor do the variables that the package's own
 * loader heeds: what is loaded here sees the keys. Throws AssumeError `keyring-missing` where there is none of the version that
 * this installation names or it cannot be loaded, and `unsafe-file` where others could have written it.
 */
export function loadKeyringBinding(world: BindingWorld): KeyringBinding {
  let reason = 'is not in this installation'
  for (const path of locateBindings(world)) {
    const objection = findObjection(world, path)
    if (objection && keepsOwnership(world, objection))
      throw refuse(world, objection, `${printable(path)} is not loaded`)
    try {
      return createRequire(path)(path) as KeyringBinding
    } catch (cause) {
      reason = `cannot be loaded: ${printable(cause instanceof Error ? cause.message : String(cause))}`
    }
  }
  const name = `${packageName} for ${world.platform} on ${arch()}`
  throw new AssumeError('keyring-missing', `the system's keyring cannot be used: ${name} ${reason}`, {
    hint: 'install assume again (install.sh, or npm install -g assume-cli), or take the other store: --store file',
  })
}

/** Where it can be; on Linux for both C libraries, of which the other one does not load. */
function locateBindings({ files, installation, platform }: BindingWorld): string[] {
  const version = stringIn(objectIn(readPackage(files, installation), 'optionalDependencies'), packageName)
  const above = dirname(installation)
  const folders = [join(installation, 'node_modules'), ...(basename(above) === 'node_modules' ? [above] : [])]
  return folders.flatMap((folder) => {
    const place = join(folder, packageName)
    if (!files.stat(place)) return []
    // Where packages are links, as pnpm makes them, what one needs lies beside where it is.
    const own = files.resolve(place)
    return nameBuilds(platform).flatMap((build) =>
      [join(own, 'node_modules/@napi-rs'), dirname(own)].flatMap((parts) => {
        const part = join(parts, `keyring-${build}`)
        const path = join(part, `keyring.${build}.node`)
        return stringIn(readPackage(files, part), 'version') === version && files.stat(path) ? [path] : []
      }),
    )
  })
}

function nameBuilds(platform: NodeJS.Platform): string[] {
  const build = `${platform}-${arch()}`
  if (platform === 'linux') return [`${build}-gnu`, `${build}-musl`, `${build}-gnueabihf`]
  return [platform === 'win32' ? `${build}-msvc` : build]
}

function readPackage(files: Context['files'], folder: string): ReturnType<typeof parseJsonObject> {
  try {
    return parseJsonObject(decodeText(files.read(join(folder, 'package.json'))))
  } catch {
    return {}
  }
}
