"""Fraud, trafficking, doxxing and the other categories than hate, in languages other than English."""

from __future__ import annotations

import pytest

from vetting_engine.checks.content import Scanner
from vetting_engine.model.finding import FindingStatus
from vetting_engine.model.scales import Level

#: Language, text, and the rule that must speak of it.
HITS = [
    ("fr", "Votre réinstallation au Canada : payez 300 euros, la suite plus tard.", "fraud-paid-aid"),
    ("fr", "Je connais quelqu'un au HCR, il peut accélérer votre dossier.", "fraud-paid-aid"),
    ("fr", "Bateau pour l'Italie vendredi, 2000 euros, écrivez-moi en privé.", "trafficking-passage"),
    ("fr", "Cherchons jeunes filles pour Dubaï, visa gratuit, appelez-moi.", "trafficking-recruitment"),
    ("fr", "Couche avec moi et tu auras ta carte de ration.", "exploitation-sex-for-aid"),
    ("fr", "C'est ici qu'elle se cache, partagez sa photo.", "doxxing-whereabouts"),
    ("fr", "Gloire à Boko Haram, nos lions !", "extremism-praise"),
    ("fr", "Le vaccin rend stérile, n'y allez pas !", "misinformation-protection"),
    ("fr", "Dimanche, votez pour le parti de la Lampe verte !", "partisan-campaigning"),
    ("fr", "Avec mon code promo AMAL20, commandez maintenant !", "endorsement-undisclosed"),
    ("fr", "Ce soir, apportez vos machettes.", "incitement-call-to-arms"),
    ("fr", "Des soldats ont violé ma sœur. Aidez-nous.", "support-disclosure"),
    ("es", "Reasentamiento en Canadá: pague 300 dólares ahora y el resto después.", "fraud-paid-aid"),
    ("es", "Conozco a alguien en ACNUR, te pongo en la lista.", "fraud-paid-aid"),
    ("es", "Te cruzo por la frontera sin papeles, 500 dólares, escríbeme al privado.", "trafficking-passage"),
    ("es", "Se necesitan señoritas para bar en la capital, pasaje gratis, llámame.", "trafficking-recruitment"),
    ("es", "Acuéstate conmigo y te doy la tarjeta de alimentos.", "exploitation-sex-for-aid"),
    ("es", "Se está escondiendo en el bloque 4, difundan su foto.", "doxxing-whereabouts"),
    ("es", "¡Que viva el ELN, nuestros héroes!", "extremism-praise"),
    ("es", "La vacuna deja estéril a las mujeres, quédense en casa.", "misinformation-protection"),
    ("es", "El domingo vota por el partido de la Lámpara Verde.", "partisan-campaigning"),
    ("es", "Usa mi código AMAL20 y compra ya.", "endorsement-undisclosed"),
    ("es", "Esta noche traigan sus machetes y quemen sus casas.", "incitement-call-to-arms"),
    ("es", "Unos soldados violaron a mi hermana. ¿Dónde pedir ayuda?", "support-disclosure"),
    ("ar", "إعادة توطين في كندا، ادفع 300 دولار الآن والباقي لاحقا.", "fraud-paid-aid"),
    ("ar", "بعرف حدا بالمفوضية، بحرك ملفك بسرعة.", "fraud-paid-aid"),
    ("ar", "قارب إلى إيطاليا يوم الجمعة بدون جواز، 2000 دولار، راسلني عالخاص.", "trafficking-passage"),
    ("ar", "مطلوب بنات للعمل في فندق، تذكرة مجانية، تواصلوا معنا واتساب.", "trafficking-recruitment"),
    ("ar", "نامي معي وبعطيك بطاقة الطعام.", "exploitation-sex-for-aid"),
    ("ar", "هو مختبئ في الخيمة 12، انشروا صورته.", "doxxing-whereabouts"),
    ("ar", "اللهم انصر داعش، أسودنا!", "extremism-praise"),
    ("ar", "اللقاح يسبب العقم للنساء.", "misinformation-protection"),
    ("ar", "انتخبوا حزب المصباح الأخضر يوم الأحد.", "partisan-campaigning"),
    ("ar", "استخدموا كودي AMAL20 واطلبوا الآن.", "endorsement-undisclosed"),
    ("ar", "الليلة احرقوا بيوتهم وهاتوا سلاحكم.", "incitement-call-to-arms"),
    ("ar", "زوجي بيضربني كل يوم، ساعدوني.", "support-disclosure"),
    ("pt", "Reassentamento no Canadá: pague 300 dólares agora e o resto depois.", "fraud-paid-aid"),
    ("pt", "Conheço alguém no ACNUR, coloco seu nome na lista.", "fraud-paid-aid"),
    ("pt", "Barco para Espanha sexta-feira, 2000 euros, me chama no privado.", "trafficking-passage"),
    ("pt", "Dorme comigo e dou-te o cartão de alimentos.", "exploitation-sex-for-aid"),
    ("pt", "Ela está escondida na casa 12, espalhem a foto dela.", "doxxing-whereabouts"),
    ("pt", "Glória ao Estado Islâmico, nossos heróis!", "extremism-praise"),
    ("pt", "A vacina causa infertilidade nas mulheres.", "misinformation-protection"),
    ("pt", "Domingo, votem no partido da Lâmpada Verde!", "partisan-campaigning"),
    ("pt", "Use meu código AMAL20 e compre já.", "endorsement-undisclosed"),
    ("pt", "Hoje à noite tragam as catanas.", "incitement-call-to-arms"),
    ("pt", "Soldados violaram a minha irmã. Ajudem-nos.", "support-disclosure"),
    ("sw", "Namjua mtu ndani ya UNHCR, nitaharakisha kesi yako.", "fraud-paid-aid"),
    ("sw", "Ukilala nami nitakupa kadi ya chakula.", "exploitation-sex-for-aid"),
    ("sw", "Sambazeni picha yake, anajificha kwenye hema la pili.", "doxxing-whereabouts"),
    ("sw", "Bashiri sasa na ushinde!", "endorsement-undisclosed"),
    ("sw", "Leo usiku chomeni hema zao.", "incitement-call-to-arms"),
    ("sw", "Utukufu kwa Boko Haram, mashujaa wetu!", "extremism-praise"),
    ("uk", "Маю людину в УВКБ, прискорю вашу справу.", "fraud-paid-aid"),
    ("uk", "Переспиш зі мною — отримаєш місце у списку.", "exploitation-sex-for-aid"),
    ("uk", "Ось її адреса, поширте її фото.", "doxxing-whereabouts"),
    ("uk", "Робіть ставки зараз!", "endorsement-undisclosed"),
    ("uk", "Сьогодні вночі паліть їхні намети.", "incitement-call-to-arms"),
    ("uk", "Знижка за моїм промокодом АМАЛ20.", "endorsement-undisclosed"),
    ("ru", "Есть свой человек в УВКБ, ускорю ваше дело.", "fraud-paid-aid"),
    ("ru", "Переспишь со мной — получишь место в списке.", "exploitation-sex-for-aid"),
    ("ru", "Вот её адрес, распространите её фото.", "doxxing-whereabouts"),
    ("ru", "Скидка по моему промокоду АМАЛ20.", "endorsement-undisclosed"),
    ("ru", "Сегодня ночью жгите их палатки.", "incitement-call-to-arms"),
    ("ru", "Регистрируйтесь по моей ссылке!", "endorsement-undisclosed"),
]

#: Language and text; nothing may weigh in them, and nobody is sent to protection for them.
LOOK_ALIKES = [
    ("fr", "L'enregistrement au HCR est gratuit, ne payez personne."),
    ("fr", "Mon entretien de réinstallation est lundi, priez pour moi."),
    ("fr", "La police a arrêté deux passeurs qui demandaient 2000 euros pour l'Italie."),
    ("fr", "Nous avons fui Boko Haram et nos héros sont les instituteurs."),
    ("fr", "Huile d'olive vierge et pain frais, 3 euros au marché."),
    ("fr", "J'habite près de la rivière, c'est calme, et mes enfants dorment bien."),
    ("fr", "C'est une rumeur : le vaccin rend stérile, disent-ils. Demandez à l'infirmière."),
    ("fr", "Ce film m'a fait mourir de rire, appelez vos amis."),
    ("es", "El registro de ACNUR es gratis, no le paguen a nadie."),
    ("es", "Mi entrevista de reasentamiento es el lunes, recen por mí."),
    ("es", "La policía detuvo a dos coyotes que cobraban 500 dólares por persona."),
    ("es", "Huimos del ELN; nuestros héroes son los maestros."),
    ("es", "Aceite de oliva virgen extra a 3 euros para los niños del comedor."),
    ("es", "Vivo cerca del río con mi niña de 14 años, es tranquilo."),
    ("es", "Es un rumor que la vacuna deja estéril, pregunten en el centro de salud."),
    ("es", "Con ese chiste casi quiero morirme de risa, gloria a Dios por los amigos."),
    ("ar", "التسجيل في المفوضية مجاني، لا تدفعوا لأحد."),
    ("ar", "مقابلة إعادة التوطين يوم الاثنين، ادعوا لي."),
    ("ar", "ألقت الشرطة القبض على مهربين طلبوا 2000 دولار لتهريب إلى أوروبا."),
    ("ar", "هربنا من داعش، وأبطالنا هم المعلمون."),
    ("ar", "تعلمت اليوم كيف أبني قاعدة بيانات، عاشت ايدك يا أستاذ."),
    ("ar", "نسكن قرب النهر مع أطفالنا، المكان هادئ."),
    ("ar", "إشاعة أن اللقاح يسبب العقم، اسألوا الطبيبة."),
    ("ar", "سعر الخبز ثلاثة دولار في السوق، وكلمني أخي من كندا."),
    ("pt", "O registro no ACNUR é gratuito, não paguem a ninguém."),
    ("pt", "Minha entrevista de reassentamento é na segunda, rezem por mim."),
    ("pt", "A polícia prendeu dois coiotes que cobravam 2000 euros."),
    ("pt", "Fugimos do Boko Haram; nossos heróis são os professores."),
    ("pt", "Azeite extra virgem e pão fresco, 3 euros, as crianças adoram."),
    ("pt", "É boato que a vacina causa infertilidade, perguntem no posto."),
    ("pt", "Moro perto do rio com a minha menina, é sossegado."),
    ("sw", "Tahadhari: matapeli wanasema namjua mtu ndani ya UNHCR."),
    ("sw", "Tulikimbia Boko Haram, mashujaa wetu ni walimu."),
    ("sw", "Kituo cha usajili kinafunguliwa saa mbili asubuhi."),
    ("sw", "Polisi wamekamata watu wawili waliosema nauza pasipoti."),
    ("sw", "Tunaishi karibu na mto na watoto wetu, ni kimya."),
    ("sw", "Kesho nitaweka chai na mkate sokoni, karibuni."),
    ("uk", "Обережно, шахраї: кажуть, що маю людину в УВКБ."),
    ("uk", "Реєстрація безкоштовна, нікому не платіть."),
    ("uk", "Ми живемо біля річки з дітьми, тут тихо."),
    ("uk", "Кіт ховається від дощу, поширте тепло."),
    ("uk", "Поліція затримала чоловіка з оголошенням: продам паспорт."),
    ("uk", "Сьогодні ввечері несіть пироги і гітару."),
    ("ru", "Осторожно, мошенники: пишут, что ускорят, ускорим ваше дело."),
    ("ru", "Регистрация бесплатная, никому не платите."),
    ("ru", "Мы живём у реки с детьми, тут тихо."),
    ("ru", "Полиция задержала мужчину с объявлением: продам паспорт."),
    ("ru", "Регистрируйтесь на курсы шитья в центре по понедельникам."),
    ("ru", "Сегодня вечером приносите пироги и гитару."),
]


@pytest.mark.parametrize(("language", "text", "rule"), HITS)
def test_is_found(scanner: Scanner, language: str, text: str, rule: str) -> None:
    found = {
        finding.rule
        for finding in scanner.scan(text, (language,))
        if finding.level > Level.NOTHING_FOUND or finding.status is FindingStatus.SUPPORT
    }
    assert rule in found


@pytest.mark.parametrize(("language", "text"), LOOK_ALIKES)
def test_weighs_nothing(scanner: Scanner, language: str, text: str) -> None:
    found = [
        (finding.rule, [evidence.term for evidence in finding.evidence])
        for finding in scanner.scan(text, (language,))
        if finding.level > Level.NOTHING_FOUND or finding.status is FindingStatus.SUPPORT
    ]
    assert not found
