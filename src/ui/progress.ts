import type { Terminal, TerminalSession } from '../context.ts'
import { truncateText } from './cell.ts'
import { canAsk } from './terminal.ts'

const barWidth = 24
const clearLine = '\r\u001b[K'

/** A line on the terminal that is drawn anew as the work goes on, and leaves nothing behind. */
export interface Progress {
  show(done: number, total: number): void
  /** Lets something print a line, which then stands above. */
  makeWay(print: () => void): void
  end(): void
}

/** Draws on the terminal, if there is one. `unit` is what is counted, as in "3 of 7 accounts". */
export function startProgress(terminal: Terminal, unit: string): Progress {
  if (!canAsk(terminal)) {
    return { show() {}, makeWay: (print) => print(), end() {} }
  }
  const session = terminal.open()
  let shown = ''
  return {
    show(done, total) {
      shown = formatProgress(done, total, unit)
      draw(session, shown)
    },
    makeWay(print) {
      session.output.write(clearLine)
      print()
      draw(session, shown)
    },
    end() {
      session.output.write(clearLine)
      session.close()
    },
  }
}

/** `[####--------] 1 of 3 accounts`. */
export function formatProgress(done: number, total: number, unit: string): string {
  const filled = total === 0 ? barWidth : Math.floor((done / total) * barWidth)
  return `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}] ${done} of ${total} ${unit}`
}

/** The last column stays empty: some terminals go to the next line there. */
function draw({ output }: TerminalSession, text: string): void {
  output.write(clearLine + truncateText(text, (output.columns || 80) - 1))
}
