"""Which texts try to become markup, code, a formula or a broken file? Payloads for every text field; made up for tests.

Each marks success by setting `window.hacked` (or by opening a dialog), so that a browser test can look for it.
"""

from __future__ import annotations

MARKER = "hacked"
"""The global variable that a payload sets when it runs."""
_RUN = f"window.{MARKER}=1"

SCRIPTS = (
    f"<script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f"<ScRiPt>{_RUN}</sCrIpT>",
    f"<scr<script>ipt>{_RUN}</scr</script>ipt>",
    f"<img src=x onerror={_RUN}>",
    f'<img src="x" onerror="{_RUN}">',
    f"<img src=x onerror='{_RUN}'//",
    f"<svg onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<body onload={_RUN}>",
    f"<iframe srcdoc='<script>parent.{MARKER}=1</script>'></iframe>",
    f"<details open ontoggle={_RUN}>x</details>",
    f"<input autofocus onfocus={_RUN}>",
    f"<video><source onerror={_RUN}></video>",
    f"<math><mtext></mtext><style><img src=x onerror={_RUN}></style></math>",
    f"<a href='javascript:{_RUN}'>x</a>",
    f"<marquee onstart={_RUN}>x</marquee>",
    "<style>*{display:none!important}</style>",
    "<base href='https://example.invalid/'>",
    "<meta http-equiv=refresh content='0;url=https://example.invalid/'>",
    f"<!--><img src=x onerror={_RUN}>-->",
    f"<![CDATA[<img src=x onerror={_RUN}>]]>",
)
BREAKOUTS = (
    f'" onmouseover="{_RUN}',
    f"' onmouseover='{_RUN}",
    f'"><img src=x onerror={_RUN}>',
    f"'-({_RUN})-'",
    f'";{_RUN};//',
    f"';{_RUN};//",
    f"\\';{_RUN};//",
    f'\\";{_RUN};//',
    f"`;{_RUN};`",
    f"${{{_RUN}}}",
    f"`${{{_RUN}}}`",
    f"x`+({_RUN})+`",
    "`",
    "\\",
    "\\u0022\\u003e",
    '"',
    "'",
    "\"'`<>&;",
    f"]]>{_RUN}//",
    f"*/{_RUN}/*",
    f"\u2028{_RUN}\u2029",
    f"</textarea></title></style><img src=x onerror={_RUN}>",
)
ENTITIES = (
    f"&lt;img src=x onerror={_RUN}&gt;",
    f"&#60;img src=x onerror={_RUN}&#62;",
    f"&#x3c;script&#x3e;{_RUN}&#x3c;/script&#x3e;",
    f"%3Cscript%3E{_RUN}%3C/script%3E",
    f"＜script＞{_RUN}＜/script＞",
    "&amp;&quot;&apos;&nbsp;",
)
TEMPLATES = (
    "{{7*7}}",
    "{% raw %}x{% endraw %}",
    "{n}",
    "{",
    "}",
    "{0.__class__}",
    "%s%d%n",
    "#{7*7}",
    "<%= 7*7 %>",
    "$x^2$ \\(x\\)",
)
MARKDOWN = (
    f"[kliknij](javascript:{_RUN})",
    "![obraz](https://example.invalid/a.png)",
    "**grubo** _kurs_ ~~skreśl~~ `kod`",
    "# Nagłówek\n\n- punkt\n\n> cytat",
    ":material/delete: :red[tekst] :smile:",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    f"<https://example.invalid> <javascript:{_RUN}>",
)
LINKS = (
    f"javascript:{_RUN}",
    f"JaVaScRiPt:{_RUN}",
    f" javascript:{_RUN}",
    f"java\tscript:{_RUN}",
    f"java\nscript:{_RUN}",
    f"\x01javascript:{_RUN}",
    f"javascript&colon;{_RUN}",
    f"data:text/html,<script>{_RUN}</script>",
    f"vbscript:{_RUN}",
    "file:///etc/passwd",
    "//example.invalid/x",
    "https://user:secret@example.invalid/",
    "https://example.org\\@example.invalid/",
    "https://example.org/\"onmouseover='x'",
    "http://ex\u200bample.org/",
    "https://",
    "http:///x",
    "http://[::1",
)
FORMULAS = (
    "=1+1",
    '=HYPERLINK("https://example.invalid","x")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1:A2)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "'=1+1",
    '"=1+1"',
    "tekst;=1+1",
    'tekst";=1+1',
    "tekst\n=1+1",
    "tekst\t@SUM(1)",
    "#REF!",
    "#N/A",
    "_x003D_1+1",
)
UNICODE = (
    "\u202eodwrócony\u202c",
    "\u2066izolowany\u2069",
    "Z\u0335\u0321a\u0337l\u0338g\u0335o" * 20,
    "👩\u200d👩\u200d👧\u200d👦 🇵🇱",
    "\U0001d54c\U0001d561",
    "\ufffd\ufffe\uffff",
    "a\u0301\u0323",
    "\u00ad\u200d\u2060",
    "ＺＡŻÓŁĆ",
    "İıſK",
)
BYTES = (
    "a\x00b",
    "\x00",
    "\x07\x08\x1b[31m",
    "a\r\nb\rc\nd",
    ",;\t|",
    "a|b||c|",
    '""""',
    '"niezamknięty, cudzysłów',
)
LONG = ("x" * 10_000, "długie słowo " * 800, "🦄" * 20_000, "<b>" * 3_000)

PAYLOADS: tuple[str, ...] = (*SCRIPTS, *BREAKOUTS, *ENTITIES, *TEMPLATES, *MARKDOWN, *LINKS, *FORMULAS, *UNICODE, *BYTES, *LONG)
