import type { Context } from '../../context.ts'

/** Milliseconds in which a signal that was there before the end of a pipe is heard of. */
const signalDelay = 25

/** Reads the files of AWS that a shell hands over as pipes: commands read them synchronously, and more than once. Never throws. */
export async function drainPipes({ env, files }: Pick<Context, 'env' | 'files'>): Promise<void> {
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_CA_BUNDLE']) {
    const path = env[name]
    if (!path || !(await files.drain(path))) continue
    // Ctrl-C ends whoever writes the pipe, too, and any thread of Node may take the signal: the end can be seen first.
    await new Promise((resolve) => setTimeout(resolve, signalDelay))
  }
}
