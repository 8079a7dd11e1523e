import type { ShellName } from '../emit/shell.ts'
import type { KeyFacts } from '../keys/key-store.ts'
import type { PluginState } from '../plugins/list.ts'
import type { Profile, SsoSession } from '../profiles/profile.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { RcTexts, ShellTask } from '../setup/plan.ts'
import type { SessionState } from '../sso/session-state.ts'
import type { Hint } from '../text/words.ts'
import type { NetworkAnswer } from './network-answer.ts'

/** What the function of a shell says of itself. */
export interface LoadedFunction {
  readonly contract: string
  readonly isInteractive: boolean
  readonly placesPrompt: boolean
  readonly hasCompletion: boolean
  /** Whether it takes the profile of each directory. */
  readonly watchesDirectories: boolean
}

/** Why a file cannot be read, and what helps. */
export interface Unreadable {
  readonly message: string
  readonly hint?: Hint | undefined
}

/** A shell that is installed, or that loads assume. */
export interface ShellFacts {
  readonly task: ShellTask
  readonly texts: RcTexts
  /** Files of the user's that a framework reads, with their texts; setup has nothing to do with them. */
  readonly ofFramework: readonly string[]
  /** Start-up files with the line (from 0) that reads another file which loads assume, as a plugin manager makes one. */
  readonly readers: ReadonlyMap<string, number>
  /** Whether the file is there that the block of this installation loads. */
  readonly hasFile: boolean
  /** Of these files. */
  readonly unreadable: readonly Unreadable[]
  /** Whether the user types in it. */
  readonly isUsers: boolean
}

/** What a file is that a block loads: of this installation, of another one, or not there. */
export type LoadedFile = 'ours' | 'other' | 'absent'

/** A program called assume on PATH, in its order. */
export interface NamedProgram {
  readonly path: string
  readonly isOurs: boolean
  /** Whether its text speaks of Granted. */
  readonly isGranted: boolean
}

/** A file or folder whose mode or owner is wrong. */
export interface FileFault {
  /**
   * Somebody else can change it, or read what is secret in it; or the user cannot write to it: to the folder of `tokens`, or
   * to a `cache`, or to the one in which that would be made.
   */
  readonly fault: 'changeable' | 'readable' | 'closed tokens' | 'closed cache'
  /** What it is, as a clause. */
  readonly seen: string
  /** Absent where none mends it. */
  readonly command?: Hint | undefined
}

export interface SessionFacts {
  readonly session: SsoSession
  readonly state: SessionState
  /** Whether there is a file, be it one that nobody can use. */
  readonly hasFile: boolean
  /** When the registration in the token file ends, in milliseconds since the epoch. */
  readonly registrationEnds: number | undefined
}

/** The session in front of a stored key, of a profile whose tools get no other by themselves: somebody has to be asked. */
export interface KeySessionFacts {
  readonly profileName: string
  readonly state: SessionState
}

/** A file that sets AWS variables whenever a folder is entered. */
export interface DirectoryFile {
  readonly path: string
  readonly tool: 'direnv' | 'mise'
  readonly variables: readonly string[]
  /** Whether it is by our own `use assume`, which nothing speaks against. */
  readonly isByUs?: boolean
}

/** All that the checks follow from. It is gathered once. */
export interface Facts {
  readonly platform: NodeJS.Platform
  readonly isWsl: boolean
  readonly isRoot: boolean
  readonly hasAwsCli: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly userShell: ShellName
  /** Absent where assume was not called by the function of a shell. */
  readonly loaded: LoadedFunction | undefined
  /** Whether the function that calls is of a version that does not know `doctor`. */
  readonly isOutdated: boolean
  readonly shells: readonly ShellFacts[]
  /** What the lines of the blocks load, by the word that stands there. */
  readonly loadedFiles: ReadonlyMap<string, LoadedFile>
  readonly programs: readonly NamedProgram[]
  /** Where our program lies, or the link to it that an installation makes. */
  readonly binFolder: string
  readonly node: {
    readonly version: string
    readonly path: string
    /** What the installation has recorded in a file; absent where it has none. */
    readonly recorded?: { readonly file: string; readonly path: string; readonly exists: boolean }
  }
  /** Absent where a file cannot be read. */
  readonly profiles: Profiles | undefined
  /** The same, each as it is described. */
  readonly described: readonly Profile[]
  /** Of the AWS files, and of our settings. */
  readonly unreadable: readonly Unreadable[]
  readonly awsPaths: { readonly config: string; readonly credentials: string }
  /** The same as a person reads them. */
  readonly awsFiles: { readonly config: string; readonly credentials: string }
  /** Our settings, as the file is called and as a person reads that, with its text; empty where there is none. */
  readonly settingsFile: { readonly path: string; readonly shown: string; readonly text: string }
  /** Keys of profiles that name a file that is not there. */
  readonly absentFilesOfProfiles: readonly {
    readonly profile: string
    readonly key: string
    readonly path: string
  }[]
  /** Variables that name an AWS file that is not there. */
  readonly absentFiles: readonly (readonly [variable: string, path: string])[]
  readonly fileFaults: readonly FileFault[]
  /** Files that were changed in the future. */
  readonly futureFiles: readonly { readonly path: string; readonly ahead: number }[]
  readonly sessions: readonly SessionFacts[]
  readonly keySessions: readonly KeySessionFacts[]
  readonly directoryFiles: readonly DirectoryFile[]
  /** The file that says the profile of the current directory, where shells go by it; absent for none, and for a denied one. */
  readonly profileFile: string | undefined
  /** Files and folders of other tools that are there, by the name of the tool. */
  readonly toolFiles: ReadonlyMap<string, readonly string[]>
  /** The first words of all `credential_process` that can be started by nobody. */
  readonly absentPrograms: ReadonlySet<string>
  readonly plugins: readonly PluginState[]
  /** What is known of long-lived keys without opening a store. */
  readonly storedKeys: readonly KeyFacts[]
  /** What is wrong with files that are to hold such keys, a sentence each. */
  readonly keyFaults: readonly string[]
  /** Absent unless the network was asked. */
  readonly answers?: readonly NetworkAnswer[]
}
