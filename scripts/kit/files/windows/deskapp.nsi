; The installer for Windows: for one user, without an administrator. makensis -DVERSION=… -DPAYLOAD=… -DOUT=… [-DQUICK] deskapp.nsi
Unicode true
!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh

!define TITLE "依申请公开登记台"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\deskapp"
!define CONSOLE "Console\deskapp" ; how the old console looks in windows of the title that open.cmd gives

Name "${TITLE}"
OutFile "${OUT}"
BrandingText "deskapp ${VERSION}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\deskapp" ; never the folder of the data, which is $LOCALAPPDATA\deskapp
InstallDirRegKey HKCU "Software\deskapp" "InstallDir"
!ifdef QUICK ; for a try
    SetCompressor zlib
!else
    SetCompressor /SOLID lzma
!endif
SetDateSave off
ManifestSupportedOS all
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=2052 "FileDescription" "${TITLE}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT"

!define MUI_ICON "${PAYLOAD}\deskapp.ico"
!define MUI_UNICON "${PAYLOAD}\deskapp.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\open.cmd"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开登记台"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; A program that runs cannot be opened for writing: nothing is touched then. Of the folder only what we have put there is ever taken away.
!macro TakeAway UN
Function ${UN}TakeAway
    ${If} ${FileExists} "$INSTDIR\python\python.exe"
        ClearErrors
        FileOpen $0 "$INSTDIR\python\python.exe" a
        ${If} ${Errors}
            MessageBox MB_OK|MB_ICONEXCLAMATION "登记台还开着，没有动。$\r$\n请先退出登记台（Ctrl+Q），再来一次。" /SD IDOK
            SetErrorLevel 2
            Abort
        ${EndIf}
        FileClose $0
    ${EndIf}
    RMDir /r "$INSTDIR\python"
    RMDir /r "$INSTDIR\lib"
    Delete "$INSTDIR\deskapp.cmd"
    Delete "$INSTDIR\open.cmd"
    Delete "$INSTDIR\run.cmd"
    Delete "$INSTDIR\prompt.cmd"
    Delete "$INSTDIR\deskapp.ico"
    Delete "$INSTDIR\LICENCES.txt"
FunctionEnd
!macroend
!insertmacro TakeAway ""
!insertmacro TakeAway "un."

Function .onInit
    ${IfNot} ${RunningX64}
    ${OrIfNot} ${AtLeastWin10}
        MessageBox MB_OK|MB_ICONSTOP "登记台要 64 位的 Windows 10 或者更新的系统。没有装。" /SD IDOK
        SetErrorLevel 3
        Abort
    ${EndIf}
FunctionEnd

Section
    ${If} ${FileExists} "$INSTDIR\*.*"
    ${AndIfNot} ${FileExists} "$INSTDIR\deskapp-uninstall.exe"
        MessageBox MB_OK|MB_ICONEXCLAMATION "$INSTDIR 里有别的东西，没有装。$\r$\n请换一个新的文件夹。" /SD IDOK
        SetErrorLevel 4
        Abort
    ${EndIf}
    Call TakeAway
    SetOutPath "$INSTDIR"
    File /r "${PAYLOAD}\*"
    WriteUninstaller "$INSTDIR\deskapp-uninstall.exe"
    WriteRegStr HKCU "Software\deskapp" "InstallDir" "$INSTDIR"

    CreateDirectory "$SMPROGRAMS\${TITLE}"
    SetOutPath "$PROFILE" ; where a command of the program begins
    CreateShortCut "$SMPROGRAMS\${TITLE}\${TITLE}.lnk" "$INSTDIR\open.cmd" "" "$INSTDIR\deskapp.ico" 0 SW_SHOWMINIMIZED
    CreateShortCut "$SMPROGRAMS\${TITLE}\登记台命令窗口.lnk" "$INSTDIR\prompt.cmd" "" "$INSTDIR\deskapp.ico"
    CreateShortCut "$SMPROGRAMS\${TITLE}\卸载.lnk" "$INSTDIR\deskapp-uninstall.exe"

    WriteRegStr HKCU "${CONSOLE}" "FaceName" "NSimSun"
    WriteRegDWORD HKCU "${CONSOLE}" "FontFamily" 0x36
    WriteRegDWORD HKCU "${CONSOLE}" "FontSize" 0x00120000 ; 18 points high
    WriteRegDWORD HKCU "${CONSOLE}" "CodePage" 65001
    WriteRegDWORD HKCU "${CONSOLE}" "WindowSize" 0x00220078 ; 34 rows, 120 columns
    WriteRegDWORD HKCU "${CONSOLE}" "ScreenBufferSize" 0x00220078
    WriteRegDWORD HKCU "${CONSOLE}" "QuickEdit" 0 ; else a click stops the program until a key is pressed
    WriteRegDWORD HKCU "${CONSOLE}" "VirtualTerminalLevel" 1

    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${TITLE}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\deskapp.ico"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\deskapp-uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\deskapp-uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Uninstall"
    Call un.TakeAway
    Delete "$INSTDIR\deskapp-uninstall.exe"
    RMDir "$INSTDIR" ; only when nothing else is in it
    Delete "$SMPROGRAMS\${TITLE}\*.lnk"
    RMDir "$SMPROGRAMS\${TITLE}"
    DeleteRegKey HKCU "Software\deskapp"
    DeleteRegKey HKCU "${CONSOLE}"
    DeleteRegKey HKCU "${UNINSTALL}"
    DetailPrint "登记簿和文书都还在 $LOCALAPPDATA\deskapp，没有动。"
SectionEnd
