"""Names that are ordinary words, too: Mark, Young, Rose, Klein.

Such a part of a name is withheld only where it is written like a name, with a capital, so that
"a young audience" stays. Capitals at the beginning of a sentence are withheld as well.
"""

from __future__ import annotations

_ENGLISH = """
abbey amber angel april archer art ash august autumn bailey baker ball banks barber bass bay bean
bear bell berry best bill bird bishop black blaze blue bond boss bow bowl brand brook brown buck
bull burn bush butler cage cannon card carpenter carter case cash chance chase child christian
church clay cliff cloud coach coal cole cook cooper cotton court cross crow crown curry dale dawn
day dean diamond dick drew drum duke dusk earl early east easter elder ember english faith fall
farmer fast field finch fisher flint flower ford forest fox frank free freed french frost gale
game gates gay gem gene ginger glass glen gold golden good grace grant gray green grey ground
grove hale hall hand hardy hart harvest haven hawk hazel head heart heath herb hill holiday holly
honor hood hook hope house hunt hunter iris iron ivory ivy jack jade jasmine jean jet joy judge
junior june justice kay key king knight lake lamb land lane large last law leaf lee lily little
long lord love low luck maple march marina mark marks marsh marshall mason max may mead melody
mercy merit mill miller mint miracle misty moon moor moss mountain myrtle new newman nick noble
north norm nut oak ocean olive orchard page paige paris park parker parks pat patience peace pearl
penny pepper perry pike pine pitt plant plumber pope porter post potter power pray price prince
prior project queen rain ranger ray reed reef rice rich river rob robin rock rod roman root rose
ross rowan ruby rule rush rusty sage sailor sales sand sandy savage scout sea sergeant shade sharp
shaw shepherd shore short silver simple singer sky skinner small smart smith snow son song south
sparks spencer spring stage star steel sterling stone storm story street strong sue sugar summer
sun sunny swift table tailor tanner taylor teal temple terry thorn tiger tile timber tiny tom
tower town trace trip truth tucker turner valentine van victor victory viola violet vision wade
wait walker wall walls ward warden waters way weaver web webber well wells west wheat wheeler
white wild will willow win winter wise wolf wood woods worth wright young
an as at am be by do go he hi if in is it me my no of on or so to up us we any all and are but can
for had has her him his how its let man men not now off old one our out own per put red say see set
she the too two use was who why yes you our team work data media design digital
"""
_GERMAN = """
acker adler arm auer bach bauer baum becker berg beste bild blau blum blume bock braun breit brot
bruder buch burg ernst esser fein feld fest fink fischer freund frei freitag fuchs fürst ganz
gärtner garten gerber glas glocke gott graf gross groß grün hahn hammer hart haupt haus heil heiß
held herr herz hirsch hof holz honig horn huber jäger jung junge kaiser kalt kammer keller kern
kirch klein knecht koch kohl könig kopf kraft kranz kraus krieg krug krüger kühn kurz lang lange
lehmann licht lieb linde löwe lustig mai maler markt maurer mayer meister mohr mond montag mut
müller nagel neu neumann nuss ober otter pfeil post preis quell rabe rad rauch recht reich richter
ring ritter roth rot ruhe sander sauer schäfer scharf schatz schlosser schmied schmidt schmuck
schneider schnell schön schreiber schuh schulz schuster schwan schwarz sommer sonne sonntag spiegel
stahl stark stein stern stolz strauß sturm süß tag tal taube teich thal tisch treu troll unger vogel
voll vogt wagner wald walter wasser weber weg weiss weiß wein welt winkler winter wirt wolf wolff
zahn zeit ziegler zimmer zimmermann
"""
#: In small letters.
ORDINARY: frozenset[str] = frozenset(f"{_ENGLISH} {_GERMAN}".split())
