; Inno Setup 6: dist\Deblur-VERSION-setup.exe from dist\deblur. On Windows alone; not run elsewhere.
;   iscc /DVersion=0.1.0 packaging\windows\deblur.iss
#ifndef Version
  #error Give the version: iscc /DVersion=0.1.0 deblur.iss
#endif
#define Name "Deblur"
#define Model "org.deblur.Deblur.model"

[Setup]
AppId={{6E0B8E0A-6A43-4A3C-9E2A-4D1B1B7E5C11}
AppName={#Name}
AppVersion={#Version}
AppPublisher=The Deblur authors
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
; For one user without a question of the administrator; “/ALLUSERS” on the command line installs for all.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\resources\icons\deblur.ico
UninstallDisplayIcon={app}\deblur-gui.exe
OutputDir=..\..\dist
OutputBaseFilename=Deblur-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
ChangesEnvironment=yes
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "path"; Description: "Use “deblur” in the terminal (adds the folder to PATH)"; Flags: unchecked

[Files]
Source: "..\..\dist\deblur\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[InstallDelete]
; The folder of an older version: files that are gone from it must not stay.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\deblur-gui.exe"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\deblur-gui.exe"; Tasks: desktopicon

[Registry]
; “Open with” on pictures, without taking them away from the program that has them.
Root: HKA; Subkey: "Software\Classes\Applications\deblur-gui.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{#Name}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\deblur-gui.exe\shell\open\command"; ValueType: string; ValueData: """{app}\deblur-gui.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\deblur-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".jpg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\deblur-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".jpeg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\deblur-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".png"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\deblur-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".tif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\deblur-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".tiff"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\deblur-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".webp"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\deblur-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".heic"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\deblur-gui.exe\SupportedTypes"; ValueType: string; ValueName: ".dng"; ValueData: ""
; Models are Deblur's own.
Root: HKA; Subkey: "Software\Classes\.deblur"; ValueType: string; ValueData: "{#Model}"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.deblur"; ValueType: string; ValueName: "Content Type"; ValueData: "application/x-deblur-model"
Root: HKA; Subkey: "Software\Classes\{#Model}"; ValueType: string; ValueData: "Deblur model"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#Model}\DefaultIcon"; ValueType: string; ValueData: "{app}\deblur-gui.exe,0"
Root: HKA; Subkey: "Software\Classes\{#Model}\shell\open\command"; ValueType: string; ValueData: """{app}\deblur-gui.exe"" ""%1"""
Root: HKA; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Check: NeedsPath; Tasks: path

[Run]
Filename: "{app}\deblur-gui.exe"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

[Code]
function NeedsPath(): Boolean;
var
  Old: string;
begin
  Result := not RegQueryStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Old)
    or (Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Old) + ';') = 0);
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Old, App: string;
  Place: Integer;
begin
  if (Step = usPostUninstall) and RegQueryStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Old) then
  begin
    App := ';' + ExpandConstant('{app}');
    Place := Pos(Uppercase(App), Uppercase(Old));
    if Place > 0 then
    begin
      Delete(Old, Place, Length(App));
      RegWriteExpandStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Old);
    end;
  end;
end;
