@echo off
rem Opens the desk: in Windows Terminal where there is one, else in the old console, whose look the installer has set under this title.
setlocal
set "HERE=%~dp0"
set "WT=%LOCALAPPDATA%\Microsoft\WindowsApps\wt.exe"
if exist "%WT%" (
    start "" "%WT%" --maximized new-tab --title deskapp cmd /c call "%HERE%run.cmd"
) else (
    start "deskapp" cmd /c call "%HERE%run.cmd"
)
