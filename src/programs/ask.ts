import type { AskProgram, ProgramQuestion } from '../program-ports.ts'
import type { StartAsked } from './asked-program.ts'

/** Bytes of an answer that are kept. */
const mostBytes = 1 << 20

/** Why a program is stopped, and when that is done. */
interface Stop {
  readonly reason: 'too-slow' | 'too-long' | 'interrupted'
  readonly done: void | Promise<void>
}

export const askProgram: AskProgram = async (program, args, { env, limit, signal, partner }) => {
  const start = await chooseStart(partner)
  signal?.throwIfAborted()
  const asked = start(program, args, env)
  if ('failure' in asked) return { text: '', end: asked }
  const settled = new AbortController()
  const chunks: Buffer[] = []
  const stopped = new Promise<Stop>((resolve) => {
    let isStopped = false
    // At once: whoever hears of the same Ctrl-C may end this process.
    const stop = (reason: Stop['reason']) => {
      if (!isStopped) resolve({ reason, done: asked.end(reason === 'interrupted') })
      isStopped = true
    }
    const timer = setTimeout(stop, limit, 'too-slow')
    settled.signal.addEventListener('abort', () => clearTimeout(timer))
    signal?.addEventListener('abort', () => stop('interrupted'), { signal: settled.signal })
    let size = 0
    asked.answers.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > mostBytes) stop('too-long')
      else chunks.push(chunk)
    })
  })
  try {
    const end = await Promise.race([asked.ended, stopped])
    const text = Buffer.concat(chunks).toString()
    if (!('reason' in end)) return { text, end }
    await end.done
    if (end.reason === 'interrupted') throw signal?.reason
    return { text, end: { failure: end.reason } }
  } finally {
    settled.abort()
    asked.leave()
  }
}

/** Most calls ask no program, and what runs in our job needs execa, which is large. */
async function chooseStart(partner: ProgramQuestion['partner']): Promise<StartAsked> {
  if (typeof partner === 'object') return (await import('./ask-apart.ts')).startApart(partner)
  const { startInJob } = await import('./ask-in-job.ts')
  return startInJob(partner)
}
