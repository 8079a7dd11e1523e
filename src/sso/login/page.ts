import { escapeMarkup } from '../../text/markup.ts'

/** A page for the browser; title and text are shown as they are, whatever they hold. */
export function renderPage(title: string, text: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>${escapeMarkup(title)} - assume</title>
<style>
  body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 20vh auto 0; max-width: 34rem; padding: 0 1rem; overflow-wrap: anywhere; color: #222; background: #fff }
  @media (prefers-color-scheme: dark) { body { color: #ddd; background: #111 } }
</style>
<h1>${escapeMarkup(title)}</h1>
<p>${escapeMarkup(text)}</p>
</html>
`
}
