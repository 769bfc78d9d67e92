"""What is run after installing, and by developers."""

TITLE = "安装与开发 / after installing, and for developers"
COMMANDS = {
    "compile": "安装后编译搜索程序 / compile the search, once after installing",
    "bench": "运行基准测试 / the benchmark tables, in a checkout of the source",
}
