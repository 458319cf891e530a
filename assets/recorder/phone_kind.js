// Which phone this is, as far as it matters for where a permission is given.

/** "wechat", "ios", "android" or "other".
 *  @param {string} agent
 *  @param {number} fingers */
export function phoneKind(agent = navigator.userAgent, fingers = navigator.maxTouchPoints) {
  if (/MicroMessenger/i.test(agent)) return "wechat";
  // An iPad says that it is a Mac.
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && fingers > 1)) return "ios";
  return /Android|HarmonyOS|OpenHarmony/.test(agent) ? "android" : "other";
}
