"""The words in which a receipt can be written: 1,024 in each language, told apart by their first four letters.

The same lists stand one word a line in spec/wordlists; how they were chosen: spec/sealing-v1.md section 10. CC0.
"""

from typing import Final

_RUSSIAN = """
абажур абзац абрикос авангард август автобус агроном адрес азарт азбука айва академия акация акварель аккорд акробат
актёр алгебра аллея алмаз алфавит альбом амбар анализ ананас ангар анис антенна антракт апельсин аппетит апрель аптека
арбуз аренда арка армада аромат артист архив астра атлас атом афиша аэропорт бабочка багаж базар байка баклажан
бактерия балкон баллада бамбук банан бант барабан барсук бархат басня бассейн батон бахрома бегемот бедро безмен белка
бензин берег беседа бидон билет бинокль биржа бисер благо блеск блин блокнот блюдо бобёр богатырь бодрость бокал
болото борода борщ ботаник бочка брат бревно бригада бровь брусника брюки бубен будни буква букет буксир бульон бумага
бурав бурундук бусы бухта бычок вагон ваза вакцина валенок валик вальс ваниль варежка василёк ватрушка вафля вдох веер
венок верблюд весло весна вещь взгляд взнос визит вилка виноград вираж вирус витамин вишня вкладыш вкус владелец
внимание внук вода воздух вокзал волна волос вопрос ворота восток врач время всадник встреча второй выбор вывеска
выдра выпуск высота выход вьюга вязание гавань газета галерея галстук гамак гараж гардероб гармония гвоздика геккон
гений гербарий гигант гимн гитара глава глаз глина глобус глубина гнездо голова голубь гонец гора горизонт город
горчица горшок гость готовка грабли градус грамота график гребень гриб грудь груз группа груша губка гудок гуляш гусь
дамба дата дверь дворец девять декабрь дело дельфин день дерево деталь детство джинсы диаметр диван диета диктор
динамик диплом директор диск дневник доблесть добро довод дождь доклад долг долина дорога доска дочь драма дрова
дрожжи друг дуга дудка дупло духи духовка дыня дыхание дюжина дятел единица ежевика ельник жаба жакет жалюзи жанр
жасмин ждать желание железо жёлтый жемчуг жених жест жетон живопись жизнь жилище жираф житель жнец жокей жонглёр
журавль журнал забава забор завод завтрак загадка задача заказ закладка залив замок заноза запад запрос зарплата заря
затея заяц звезда звонок звук здание зелень земля зеркало зерно зима злак змей зодчий зонт зрение зритель зубр зяблик
игла идея избушка известие изгиб изделие изумруд изюм икра имбирь иней инженер инжир интерес ирис ирония история итог
июль кабан кабинет кавалер кадр каждый какао калач калина камень канат канва капитан капля капуста карандаш карета
карман карнавал картина карусель касса каталог каток кафе качели каша квадрат квартира квас кекс кенгуру кепка кефир
кино кипяток кирпич кисть кладовка класс клей клетка клиент климат клоун клубника клюква ключ книга кнопка кобра
коврик кожа коллега колодец кольцо комар компас конверт конь копейка корабль коробка космос костюм котёл кочан кошка
край красота крем кресло крик кровать кролик кружево крыша крючок кувшин кузнец кукла кулак культура купол курс куст
кухня куча лабиринт лавка ладонь лазер лазурь лайнер лампа ландыш лапша ларец ласточка латынь лауреат лебедь левкой
легенда ледник лекция лента лепесток лето лечение лилия лимон липа лист литр лицо лодка локон ломтик лопата лосось
лось лотос лошадь лужа лунатик лучик лыжи лыжник любовь люстра лягушка лямка магазин магнит макароны мамонт манго
мандарин манеж март маршрут маска масло мастер матрас машина маяк мебель медаль медведь медик мельница меню мера месяц
металл метла метро механик мечта мешок миндаль минута мозаика молния молоко монета море морковь мост мотор мрамор
мудрость музей музыка мука мультик муравей мускул мыло мысль мышь мюсли мягкость мята навык награда надежда название
наклон намёк напиток народ насос настойка натура наука начало небо неделя нежность нектар непогода нерв нефть нитка
ниша нога ноготь ножницы номер норка ноты ноябрь нрав нужда нырок обаяние обед облако обложка обмен образ обувь
общество объём овал овёс овощи овраг овца огонь одежда одеяло озеро океан окно окраска октябрь окунь олень олива омлет
опера оплата опушка опыт орган орех оркестр орнамент осина остров ответ отдых отель открытка отпуск оттепель охапка
оценка очаг очерк павлин падеж палатка палец память панда панель папка парк паром парус пастух пауза пахарь певец
пейзаж пекарь пенал пепел первый перо персик перчатка песня петух печать печь пешка пианино пилот пингвин пион
пирамида пирог письмо питание пихта пища плавание план племя плечо плита плод площадь плюс пляж повар погода подарок
подушка поезд показ поле помидор понятие попугай портфель посуда посылка поток похвала почва поэма поясница правда
праздник практика предмет премия привет природа причал приятель проба прогулка продавец проект профиль процесс пружина
прыжок прядь птица публика пудинг пузырь пульс пункт пурга пустыня путь пуфик пчела пшеница пыль пюре пятка пятница
работа равнина радар радость район ракушка рассвет раствор расчёт ребёнок ревень регата регион редис режим резина
резьба река рельс ремонт ресница рецепт решение ритм рифма робот рожь роза роман росинка рубашка рукав рулет румянец
русло ручей рыба рынок рысь рыцарь рюкзак рябина сайт салат самовар сани сапог сапфир сатин сахар сбор свадьба свёкла
сверчок свет свеча свист свитер свобода сделка сегодня секрет сельдь семья сердце серебро сестра сетка сигнал сила
синева сирень система скворец скидка склад скобка скрипка скука след сливки слово слон служба слух смех смола смысл
снег сноп собака солнце сорока сосиска сосна соус спальня спасибо спина спираль спорт справка спутник среда срок
стадион стакан стена стихи стол сторож страна ступень суббота сувенир сугроб судак сумка сутки сухарь счастье съезд
сырник сюжет табак таблица табурет тайга такси талант танец тапочки тарелка тачка театр тезис текст телега тема теория
тепло терем терраса тесто тетива тетрадь техника тигр тихо ткань толпа топаз тополь торт трава трамвай трасса тренер
треть тропа труба труд туман тундра туфля тыква тысяча тюлень тюльпан уголь удача удочка ужин узел узор укроп улитка
улица улыбка умение ураган урожай условие успех утка утро утюг уход участок учебник учитель фабрика фазан факел факт
фанера фара фартук фасад фасоль фауна февраль фиалка фигура физика фикус филин фильм финал фирма флаг флейта флора
фляга фольга фонарь фонтан форель фото фраза фрегат фрукт функция футбол футляр халва хвост хвоя хижина химия хлеб
хлопок хобби хозяин холм холод хорёк хоровод хребет хурма цветок целина цель цена центр цикл цирк цитата цифра чайник
часть часы чашка человек чемодан чердак черника чеснок четверг число чистота чтение чтец чудо чулан чутьё шайба шалаш
шампунь шарф шахматы шахта швея шёлк шёпот шерсть шипы ширина шишка шкаф школа шланг шляпа шмель шнур шоколад шорох
шоссе шпагат шпинат шрифт штаны штиль штопор шуба щавель щебень экзамен экипаж эклер экран эксперт элемент эмаль
энергия эпоха эскиз эссе этаж эфир юбилей юбка юмор юность юрта яблоко явление ягнёнок ягода ягуар язык якорь янтарь
яркость ярмарка ярус ясень ясность ястреб яхта ячмень ящерица ящик
"""

_FRENCH = """
abeille abricot absence accent accord accueil achat acier acteur action adieu adresse adulte affaire affiche agenda
agneau agrafe aide aigle aiguille aimant album alcool algue alliance alpage amande ambre amitié amour ampoule ananas
ancre animal année annonce antenne appareil appel appui après aquarium araignée archive ardoise argent argile armoire
arrivée arrosoir article asperge assiette astre atelier atlas attente auberge audace aurore automne avance avenir
avion avocat avril azur bagage bague baie baiser balade balcon baleine bambou banane bande banjo banque barbe bardane
bassin bateau bâton batterie beauté bébé beignet belette benne berceau berger besoin bétail beurre biberon bidon bijou
billet biscuit blanc bleu bloc blouse bobine bocal boeuf bohème bois boîte bonbon bonheur bonnet bord bosse bouche
bouée bougie bouquet bourse branche bras brebis brique brise brochet brodeur brouette bruit brume brun budget buffet
buisson bulle bureau buste butin cabane cabinet câble cacao cadeau cadran café cahier caillou caisse calcul câlin
calme camarade caméra camion campagne canal caneton canne canon cantine capitale caprice capuche carafe cargo carnet
carotte carpe cascade castor cause cayenne ceinture céleri cendre cercle cerise cerveau chaise chaleur chambre chanson
chapeau charbon chemin chêne cheval chien chiffre chocolat choix chorale chose chouette ciel cigale cigogne ciment
cinéma cirque ciseau citron clair classe clavier client climat cloche clou club cobalt coeur coffre coiffe coin colis
collier colombe comète commune compas concert congé conseil copain copie coquille corail corbeau corde corps coton
couleur coupe courage cousin couteau couvert crabe crapaud cravate crayon crème creux cristal croûte cuillère cuir
cuisine cuivre culture cure cycle cygne cymbale dalle dame danse dauphin début décor défi degré dehors déjeuner délai
demain dent départ dépôt désert désir dessin deux devoir dialogue diamant digue dimanche dinde diplôme direct disque
distance divan docteur doigt domaine dorade dossier douane double douceur drap droit dune durée duvet ébène écaille
écharpe échelle écho école écorce écran écume édition effort église élan élève élite émail empire emploi endroit
énergie enfant engin énigme ennui enquête ensemble entrée envie épaule épice épingle éponge époque équipe érable
erreur escalier espace espoir esprit essai étage étang étoile étude évasion éveil examen exemple express fabrique
façade face faim falaise famille fanfare farine faucon fauteuil femme fenêtre fermier festival fête feuille février
fiable fibre ficelle fidèle figure filet fille film final finesse flacon flamme flèche fleur flotte flûte foire fond
fontaine forêt forme fortune fossile fougère foulard four foyer fraise frein fresque friche frite froid fromage front
fumée fusain futur gâche gagnant gaine galerie galop gamelle gant garage garçon gardien gare gaufre gazon gencive
genêt genou genre gentil géode geste gibier girafe givre glace gland glissade globe gloire gomme gorge goudron goût
grain gravier grenier grillon grimace gris grive grotte groupe gruau grue guépard guide guitare habit halte hamac
hameau hanche hangar hareng haricot hasard hausse haut hélice herbe hérisson héron heure hibou histoire hiver homard
honneur horizon horloge hôtel houle huile huître humeur hutte iceberg idée idole igloo image immeuble impact index
indice infini ingrat inouï insecte instant intérêt invité ironie isard ivoire jachère jade jaguar jambe janvier jardin
jasmin jaune javelot jean jeton jeudi joie jonc jongleur jouet journal joyau judo juillet juin jumeau jungle jupe kaki
kayak képi kilo kimono kiosque kiwi koala label labour lacet lagune lait lama lampe langue lanterne lapin large lavabo
leçon lecture légume lenteur lessive lettre levier lexique lézard liane liberté lien lierre lilas limace lime limite
linge liquide liste logis loisir long losange lotus loutre lueur luge lumière lundi lunette lustre lycée lynx lyre
machine maçon magasin magie maillot main maison maître maman manège manoir manteau marais marbre marché mardi marée
margelle marmite marron mars masque massif matelas maximum mélange melon membre mémoire menthe menu mercredi mère
mérite message mesure métal météo métier meuble midi mieux milieu mimosa mince minéral minute miracle miroir mobile
mode module moineau moitié molaire moment monnaie montagne morceau morse mosaïque moteur motif moufle moulin mousse
mouton moyen muet muguet muscle musée musique myrtille mystère nage nappe natte nature navet navire neige nénuphar
nerf neveu niche nièce niveau noble noce noeud noir noisette nombre normal nougat nouvelle novembre nuance nuit numéro
nuque oasis objet oblique obscur océan octobre odeur oeillet office ogre olive omelette oncle onde opale opéra opinion
option orage orbite orchidée ordre oreille organe orient origan orteil ortie osier otarie ouate ouest ourson outil
oxygène ozone paille paire palais palette panda panier panneau papaye paquet parade parc pardon parfum parking parole
partie passage pastel patate pâte patience patron paume pavillon pays peau pêche pédale peigne pelle pelote peluche
pendule pensée pente pépin permis persil petit peuplier phare phoque photo phrase piano pied pigeon pinceau pingouin
pipe piscine pivot placard plage plaine plaque plateau plein plomb pluie pneu poème poids poil point poisson poivre
pompe poney porche port poste potage poteau potiron pouce poumon poupée poussin prairie prénom présent prêt prix probité
profil projet prudence prune puits pull puma pupitre puzzle pyjama pyramide python quai qualité quart quatre quiche
quille quinze rabais racine radar radio rafale raisin rallye rang rapide raquette rasoir ravin rebond récif récolte
recul reflet refuge régal règle relief renard repas reptile requin réseau résine respect retour rêve rhume rideau rire
rivage robinet robot roche roman ronce rosée rotule roue royaume ruban rubis rugby rural ruse rythme sabot safran
salon salut samedi sandale santé satin sauce savane scène scie score séance séjour semaine semence sens sentier sept
série serpent serrure service seuil siècle siège sieste signal silence simple sirop site sobre société soif soleil
solide sommeil sorbet souci source sphère spirale stade station studio style sucre sujet super symbole système tabac
tableau talent tambour tamis tarte tasse taureau taxe teint témoin tempo tennis tension terrain test texte théâtre
thème thon thym tiède tige tilleul timbre tison tissu titre toast toit tomate tonneau topaze tortue total toupie toux
trace trait trapèze travail trèfle treize trésor tribu tricot tronc trou truelle truite tube tulipe tunnel turban
tuteur tuyau type union unique univers usage usine utile valeur valise vallée vanille variété vase vedette végétal
veille vélo ventre verre vers viaduc vigne village violet virage vision vitesse vivier voeu voile voisin voiture voix
volcan volume vote voyage vrai wagon western yacht yaourt yoga zèbre zénith zinc zoom
"""

_ENGLISH = """
able absent academy accent acorn acrobat action actor adapt address adult advance advice again agenda agile agree
airport album alert alive almond alpine amazing amber amount ample anchor ancient angle animal answer antenna apron
arch arctic area argue around arrive arrow artist ashes aspect assist atlas atom attic august aunt author autumn
average avocado awake award awesome axis baby badge bagel baker balance bamboo banana banjo barber bark barrel basket
bath beach beard beauty become begin behave bell belong berry bicycle billow birch bird biscuit bison blanket blender
blossom blue boat body boil bonus book boring bottle boulder bounce brain branch bread breeze brick bridge bright
bronze broom brother brown brush bubble bucket budget buffalo build bulb bundle bunny burger butter buyer cabbage
cabin cactus cafe calm camera canal candle canoe canvas canyon capital captain caravan carbon card career cargo carpet
carrot carve castle casual catalog cause ceiling celery cellar cement center cereal certain chain chalk chamber change
chapter charm chat cheese cherry chess chicken chief child chimney choice chorus cinema circle citizen city civil clap
clean clever client cliff climb clinic clock close cloud clown club coach coal coast cobalt cocoa coffee coin cold
color comb comedy common compass concert cone confirm copper copy cosmic cotton country couple course cousin cover
cradle craft crane crayon cream credit crew cricket crisp crop crumb crystal cube culture curious current cushion
custom cycle daily damp dance daring data dawn deal debate decade deep degree delay demand denim dentist depart depth
desert design desk detail develop device diamond diary diesel diet digital dinner diploma direct dish dive doctor
dolphin domain donkey door dose double dozen dragon drama drawer dress drift drink drum duck dune dust dwarf eager
eagle early earn earth easel east echo eclipse economy edge editor educate effort eight elastic elbow elder elegant
element elite else email embrace emerald emotion employ empty enamel energy engine enjoy enough entry episode equal
eraser errand essay estate evening every evolve exact example excite exhibit exist exotic expand export extra eyebrow
fabric face fairy falcon family famous fancy farmer fashion father federal fellow fence fern fiber fiction field
fifteen figure film final finger finish firefly first fiscal fitness flag flame flavor fleece flight float floor
flower fluid flute focus folder food forest forget fork fortune forum forward fossil fragile freckle freedom freight
fresh friday fringe frog front fruit fudge future gadget galaxy gallery garage garden garlic gate gazelle gear gecko
gentle geology gesture giant giraffe girl glacier glad glass glide globe glory golf goose gorilla grammar grape
gravity great green grid grill grocery group grow guess guitar gymnast habit hair half hallway hammer hamster hand
happy harbor harmony harp harvest hawk hazel head health heart heavy help herring hexagon hiking hill hint history
hobby hockey holiday home honey horizon horse host hotel hour human humble humor hurry icon idea idle igloo image
impact inch index indoor infant inform inland input insect inside intact invite iris item ivory jacket jaguar jazz
jeans jelly jewel jigsaw joke joyful juice july jungle junior kayak keen kernel kettle kick kidney kind kiosk kite
kitten kiwi knee knit knob knock koala label labor ladder lady lagoon lake lamb laptop large laser laugh leader leaf
ledger left legend lemon length lens lesson letter level life lilac lily limit linen lion liquid list little lizard
load local lodge logic long lotus lounge love lucky lumber lunar lunch luxury lyrics magic magnet maid major mammal
mango manual marble margin market marry mask master match maybe meadow medal melody melt member memory mentor menu
merge method middle mild mimic minute mirror mobile model moment monday month moon moral mosaic moss mother motor
mouse much muffin museum music mutual myth nail name napkin nation nature neat needle nephew never nickel niece nimble
nine noble noise nomad noodle normal north notice novel nuance nurse nutmeg nylon oasis object oblong oboe obtain
ocean offer office often omelet omit onion online only onward opal open opera orange orbit order organ origin otter
outfit owner oxygen oyster ozone paddle page paint palace panda paper parade parcel parent party pasta peanut pebble
pencil people pepper period permit person petal phone photo phrase piano picnic pigeon pilot pink pipe pitch pizza
plain planet plate player please plenty plum pocket poem polar polite polka pond pool porch potato powder prefer
pretty price prism profit proof proud public pull pulse pupil puppet purple puzzle queen quick quiet quiz quote rabbit
radar radio raisin random rapid rare raven ready reason recall recipe record reduce region relax relief remain remind
remote render renew rent repair repeat reply report result return review reward rhythm ribbon rich ride ring ripple
river robin robot rodeo rope rotate route royal rubber ruby rudder rural russet safari salad salmon salt satin sauce
save scale scarf scene school scrap screen script scroll search second seed select self senior sense sequel series
seven shadow shape sheep shell shift shine ship shoe short shrimp signal silent silk silver simple since sister sixty
size skate sketch skill skirt slice slim slope slow small smart smile smooth snack soap soccer social sock sofa solid
solo sonata sound south space spark speak spend sphere spider spiral sponge spoon spray spring spruce square stable
staff stage stairs stamp star steam steel step stereo stick stone stool story strong style suburb subway sugar suit
summer sunday supper survey swan symbol syrup system tablet talent tape tartan taste taxi teapot teeth tennis term
test thank theme theory thick thing third thread thrive throat thumb ticket tiger tile timber tiny tissue today token
tomato tongue tooth topaz topic total touch toward towel town track trade travel tray tree trend trip trophy trust
truth tuba tulip tundra tunnel turkey turn turtle tutor twelve twenty twice twin twist uncle under unfold unique unite
unlock until upbeat update uphill urban useful usual vacuum valid valley value vapor vase velvet vendor verb verse
vessel video view villa violin visit vital vivid voice volume vote voyage wafer wagon waiter walk walnut wander warm
wash weaver week whale wheat wheel white width window winter wire wisdom word wrap wren wrist yacht yogurt young zebra
zenith zero zigzag zinc zipper zoom
"""

RUSSIAN: Final = _RUSSIAN.split()
FRENCH: Final = _FRENCH.split()
ENGLISH: Final = _ENGLISH.split()
