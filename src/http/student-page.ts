// `/s`: the page on which a student opens a link, sees the own record, confirms or disputes it. Static, one script, nothing from elsewhere.
import type { Reply } from './reply.ts';
import { STUDENT_SCRIPT } from './student-script.ts';

/** Only this server's own script, style, pictures and API; no inline script, no frame, no form that leaves the page. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

const STYLE = `
:root{color-scheme:light;font:16px/1.6 system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;color:#222}
body{max-width:46rem;margin:0 auto;padding:1rem}
h1{font-size:1.3rem;border-bottom:3px double #c00;padding-bottom:.4rem}
h2{font-size:1.1rem;margin:1.5rem 0 .3rem}
small,.en{color:#666;font-size:.85rem}
[hidden]{display:none!important}
dl{margin:.5rem 0;border-top:1px solid #ddd}
dl>div{display:grid;grid-template-columns:9rem 1fr;gap:.2rem .8rem;padding:.45rem 0;border-bottom:1px solid #eee}
dt{color:#555}
dd{margin:0;overflow-wrap:anywhere}
label{display:block;margin:.5rem 0}
input,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #999;border-radius:.3rem}
input[type=checkbox]{width:1.2rem;height:1.2rem;vertical-align:middle;margin-right:.4rem}
button{font:inherit;min-height:2.75rem;padding:.4rem 1.2rem;border:1px solid #c00;border-radius:.3rem;background:#fff;color:#c00}
button.main{background:#c00;color:#fff}
button:disabled{opacity:.5}
#message{padding:.6rem .8rem;border-left:4px solid #c00;background:#fff4f4;white-space:pre-line}
#message.good{border-color:#080;background:#f2fff2}
img{max-width:8rem;border:1px solid #ccc}
.wrong{grid-column:1/-1;background:#fafafa;padding:.5rem}
@media (max-width:30rem){dl>div{grid-template-columns:1fr}}
`;

const PAGE = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>学位授予信息本人确认</title>
<link rel="stylesheet" href="/s/app.css">
<script src="/s/app.js" defer></script>
<body>
<h1>学位授予信息本人确认 <span class="en" lang="en">Confirm your degree record</span></h1>
<p id="message" role="status" aria-live="polite" hidden></p>
<noscript><p>请启用 JavaScript 后重新打开链接。<span lang="en">Please enable JavaScript and open the link again.</span></p></noscript>
<section id="arrival" hidden>
<p>链接只能使用一次，打开后请在两小时内核对。<br><span class="en" lang="en">The link works once; check your record within two hours.</span></p>
<button id="open" type="button" class="main">查看我的信息 <span lang="en">Show my record</span></button>
</section>
<section id="door" hidden>
<p>请打开培养单位发送给您的链接；已设置密码的，也可在此登录。<br><span class="en" lang="en">Open the link that your institution has sent you, or sign in with the password that you have set.</span></p>
<form id="sign-in">
<label>单位代码 <small lang="en">institution code</small><input name="institution" inputmode="numeric" pattern="[0-9]{5}" maxlength="5" required autocomplete="organization"></label>
<label>学号或申请学位编号 <small lang="en">student or application number</small><input name="number" maxlength="40" required autocomplete="username"></label>
<label>密码 <small lang="en">password</small><input name="password" type="password" maxlength="128" required autocomplete="current-password"></label>
<button class="main">登录 <span lang="en">Sign in</span></button>
</form>
</section>
<section id="records" hidden></section>
<section id="own" hidden>
<details><summary>设置密码，以便日后再次登录 <span class="en" lang="en">Set a password to come back later</span></summary>
<form id="password">
<label>新密码（至少 12 个字符）<small lang="en">new password, at least 12 characters</small><input name="password" type="password" minlength="12" maxlength="128" required autocomplete="new-password"></label>
<button>设置 <span lang="en">Set</span></button>
</form></details>
<p><button id="sign-out" type="button">退出 <span lang="en">Sign out</span></button></p>
</section>
</body>
</html>
`;

const page = (type: string, body: string): Reply => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': POLICY },
  body,
});

/** The page, its script or its style; null for another address. The token of a link stands behind `#` and never arrives here. */
export function studentPage(path: string): Reply | null {
  if (path === '/s') return page('text/html', PAGE);
  if (path === '/s/app.js') return page('text/javascript', STUDENT_SCRIPT);
  if (path === '/s/app.css') return page('text/css', STYLE);
  return null;
}
