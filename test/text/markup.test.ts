import { expect, it } from 'vitest'
import { escapeMarkup } from '../../src/text/markup.ts'

it('text is nothing but text in HTML and XML, within quotes too', () => {
  expect(escapeMarkup(`<b title="x" id='y'>&lt;</b>`)).toBe(
    '&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;lt;&lt;/b&gt;',
  )
})
