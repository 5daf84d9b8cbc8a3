@echo off
rem A window for commands: deskapp today, deskapp backup FOLDER
set "PATH=%~dp0;%PATH%"
chcp 65001 >nul
title deskapp
cmd /k
