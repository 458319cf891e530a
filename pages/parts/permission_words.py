"""How to let this site read the phone's position, by the kind of phone (`phone_kind.js`)."""

from observations.base.wording import N_

ALLOW_POSITION = {
    "allow_wechat": N_(
        "在微信里：手机设置里允许微信使用位置，再回来点一次；还不行，点右上角“…”，用浏览器打开。"
    ),
    "allow_ios": N_(
        "在苹果手机上：设置 › 隐私与安全性 › 定位服务 › 你用的浏览器，选“使用 App 期间”，"
        "再回来点一次。"
    ),
    "allow_android": N_(
        "在安卓手机上：打开手机的定位，点地址栏左边的图标，在权限里允许位置，再回来点一次。"
    ),
    "allow_other": N_("点地址栏左边的图标，允许这个网站读取位置，再点一次。"),
}
