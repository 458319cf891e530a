"""The sentences of the field recorder's page beside those of the recorder."""

from observations.base.wording import N_

FIELD_WORDS = {
    "site_name": N_("绿迹杭州"),
    "other_language": N_("English"),
    "field_title": N_("野外记录"),
    # the state of the phone
    "field_online": N_("有网络"),
    "field_offline": N_("没有网络，照样记"),
    "field_getting_ready": N_("正在存下名录…"),
    "field_ready": N_("没信号也能打开"),
    "field_not_ready": N_("还没存全，连着网再打开一次"),
    "field_low": N_("手机里只剩 {left} MB 给这里用。先把记录交上，或在下面存成一个文件。"),
    # what is on the phone
    "field_mine": N_("这部手机里的记录"),
    "field_count": N_("等着交 {waiting} 条，已收到 {received} 条"),
    "field_counted": N_("{n} 只"),
    "field_phone": N_("在手机里"),
    "field_sending": N_("发送中"),
    "field_received": N_("已收到"),
    "field_mend": N_("需修改"),
    "field_all": N_("看全部收到的"),
    # the team
    "field_join": N_("加入观察节的队"),
    "field_digits": N_("六位数字，在海报上"),
    "field_six_digits": N_("要六位数字。"),
    "field_go_on": N_("继续"),
    "field_code": N_("观察节 {code}"),
    "field_join_offline": N_("这会儿连不上。先写下队名，连上网自己加入，之前记的也算。"),
    "field_join_later": N_("{name} · 连上网就加入"),
    "field_teams": N_("已有的队"),
    "field_team": N_("队名"),
    "field_new_team": N_("或者起一个新队名"),
    "field_team_name": N_("写一个队名。"),
    "field_team_note": N_("不用账号。队名会写在榜上，别用真名和电话。"),
    "field_join_now": N_("加入"),
    "field_not_now": N_("先不加入"),
    "field_other_team": N_("换一个队"),
    # the file
    "field_keeping": N_("存储和备份"),
    "field_room": N_(
        "这里用了 {used} MB，还能用 {left} MB。空间不够时浏览器可能会清掉，所以早点交上。"
    ),
    "field_room_kept": N_("这里用了 {used} MB，还能用 {left} MB。浏览器答应不清掉。"),
    "field_save_note": N_(
        "交不上、又怕手机坏了：把没交的存成一个文件，拷到另一部手机，在那里读回来再交。"
    ),
    "field_save": N_("存成文件"),
    "field_read": N_("读回文件"),
    "field_nothing": N_("没有要存的，都交上了。"),
    "field_saved": N_("{count} 条连照片一起存进了文件。这里的也还在。"),
    "field_read_back": N_("读回了 {count} 条。已经在这里的没有多存一条。"),
    "field_file_not_ours": N_("这不是野外记录存的文件。"),
    "field_file_cut": N_("这个文件不完整，没有读。再拷一次。"),
    "field_file_newer": N_("这个文件是更新的页面存的。连上网，重新打开这一页再读。"),
    "field_file_failed": N_("没有读成，这里的都没有动。再试一次。"),
}
