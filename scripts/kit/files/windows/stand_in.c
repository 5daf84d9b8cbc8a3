/* Stands in for python.exe where the installer is tried without one: says its words, one a line, and stays while a file named hold is there. */
#include <stdio.h>
#include <windows.h>

int wmain(int count, wchar_t **words)
{
    SetConsoleOutputCP(CP_UTF8);
    printf("stand-in, code page %u\n", GetConsoleCP());
    for (int n = 1; n < count; n++) {
        char said[1024];
        WideCharToMultiByte(CP_UTF8, 0, words[n], -1, said, sizeof said, NULL, NULL);
        printf("word %s\n", said);
    }
    fflush(stdout);
    while (GetFileAttributesW(L"C:\\hold") != INVALID_FILE_ATTRIBUTES)
        Sleep(100);
    return 0;
}
