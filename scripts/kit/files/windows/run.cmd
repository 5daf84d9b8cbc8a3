@echo off
rem The desk in the window that open.cmd has made; the window stays when the desk ends with an error.
call "%~dp0deskapp.cmd" %*
if errorlevel 1 pause
