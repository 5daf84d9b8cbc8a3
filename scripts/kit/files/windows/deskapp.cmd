@echo off
rem One command of the program: deskapp.cmd today, deskapp.cmd --version
chcp 65001 >nul
"%~dp0python\python.exe" -X utf8 -m deskapp %*
