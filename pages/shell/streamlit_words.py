"""Replacements for Streamlit's own English texts, which it has no translation for.

shell.js inserts them. In English most texts of Streamlit stay.
"""

from observations.base.wording import N_, translate

WORDS = {
    "Skip to main content": N_("跳到正文"),
    "Connection error": N_("网络断开了"),
    "Streamlit server is not responding. Are you connected to the internet?": N_(
        "正在自己重连。填好的都在，不用刷新。"
    ),
    "CONNECTING": N_("正在连接"),
    "(required)": N_("（必填）"),
    "Choose options": N_("请选择"),
    "Choose an option": N_("选一个"),
    "Select all": N_("全选"),
    "No results": N_("没有找到"),
    "Press Enter to apply": N_("按回车确认"),
    "Press Ctrl+Enter to apply": N_("写完点一下别处"),
    "Press ⌘+Enter to apply": N_("写完点一下别处"),
    "Press Enter to submit form": N_("按回车交上"),
    "Press Ctrl+Enter to submit form": N_("按 Ctrl+回车交上"),
    "Press ⌘+Enter to submit form": N_("按 ⌘+回车交上"),
    "Search": N_("搜索"),
    "Next page": N_("下一页"),
    "Previous page": N_("上一页"),
    "Pagination": N_("分页"),
    "Choose date": N_("选日期"),
    "Choose date and time": N_("选日期和时间"),
    "Increment": N_("加一"),
    "Decrement": N_("减一"),
    "Clear value": N_("清除"),
    "Clear selection": N_("清除选择"),
    "Copy to clipboard": N_("复制"),
    "Copied": N_("已复制"),
    "Link to heading": N_("这一节的链接"),
    "Open": N_("打开"),
    "Close": N_("关上"),
    "Page not found": N_("没有这一页"),
    "Running...": N_("正在处理"),
    "Fullscreen": N_("全屏"),
    "Close fullscreen": N_("退出全屏"),
    "Download as CSV": N_("下载 CSV"),
    "Upload": N_("选文件"),
    "file upload": N_("选文件"),
    "Drag and drop a file here": N_("把文件拖到这里"),
    "Stop": N_("停下"),
}


def words(language: str) -> dict[str, str]:
    """Streamlit's text → ours, for the texts that differ in `language`."""
    spoken = {english: translate(chinese, language) for english, chinese in WORDS.items()}
    return {english: word for english, word in spoken.items() if word != english}
