"""Three small libraries on subjects of their own: five topics of twelve phrasings each, nothing else.

With them come questions of people who have not seen the phrasings, and questions on everything else.
"""

from __future__ import annotations

from pathlib import Path

import yaml

# Of each topic its phrasings, and questions that it should answer.
Subject = dict[str, tuple[str, str]]

SOURDOUGH: Subject = {
    "starter": (
        """how do i make a sourdough starter|how often must the starter be fed|my starter does not bubble
        feeding a starter with rye flour|can i keep the starter in the fridge|how old should a starter be
        why does my starter smell of vinegar|what is a starter made of|when is a starter ready to bake with
        do i throw half of the starter away|reviving a neglected starter|grey liquid on top of the starter""",
        """is it normal that there is liquid on my starter|how many days until a new starter can be used
        do i have to feed it every day|my sourdough starter died, can i rescue it|which flour does the starter like
        where do i store my starter while on holiday""",
    ),
    "kneading": (
        """how long do i knead bread dough|can i stretch and fold instead of kneading|is kneading by hand enough
        the dough sticks to my hands|what is the windowpane test|can you knead dough too much
        how do i fold a wet dough|kneading with a mixer|why is my dough so sticky|when is the gluten developed
        do i need to knead sourdough at all|how many folds does the dough need""",
        """dough clings to my fingers, what now|how do i know i have kneaded enough|is a machine better for kneading
        stretching versus kneading|for how many minutes should the dough be kneaded|can i overwork a dough""",
    ),
    "proofing": (
        """how long should the dough rise|what temperature is best for proofing|how do i know the dough has proofed
        can dough rise overnight in the fridge|what is the poke test|my dough did not rise|signs of overproofed dough
        bulk fermentation in a cold kitchen|second rise in a basket|can i speed up the rise|what does underproofed mean
        does dough have to double in size""",
        """can i leave dough in the fridge over night|my loaf collapsed, did i proof it too long
        how warm should the kitchen be for rising|poking the dough, what should it look like
        rising takes forever in winter|is it proofed when it has doubled""",
    ),
    "baking": (
        """how hot must the oven be for bread|do i need a dutch oven|how do i get steam into the oven
        how long does a loaf bake|when do i take the lid off|what is the inside temperature of baked bread
        why is the bottom of my bread burnt|baking on a stone|how do i get a crisp crust|my crust is too hard
        why do you score a loaf|how deep do i cut the dough""",
        """crust came out soft, how do i make it crunchy|is a cast iron pot necessary for baking
        what does scoring do|oven temperature for a country loaf|loaf is black underneath
        how can i tell that the bread is done inside""",
    ),
    "storing": (
        """how do i keep bread fresh|how long does sourdough bread last|can you freeze bread|paper bag or plastic bag
        should bread go into the fridge|how do i refresh stale bread|bread box or cloth|my bread gets mouldy fast
        slicing bread before freezing|what can i do with old bread|does sourdough keep longer than yeast bread
        storing a cut loaf""",
        """what is the best way to store a loaf|bread goes mouldy after two days|how do i make stale bread soft again
        freezing half a loaf|does bread keep in a plastic bag|how many days is sourdough good for""",
    ),
}
PUPPY: Subject = {
    "house-training": (
        """how do i house train a puppy|my puppy pees on the carpet|how often must a puppy go out
        puppy has accidents at night|when is a puppy house trained|should i punish a puppy for an accident
        how do i clean up puppy pee|puppy pads or outside|my puppy only pees indoors|signs that a puppy has to go
        how long can a puppy hold it|crate and house training""",
        """the puppy keeps wetting the rug|how many times a day should she go outside|do pads help with house training
        at what age are puppies house trained|he poops inside right after the walk|scold the puppy for peeing inside""",
    ),
    "biting": (
        """how do i stop my puppy from biting|puppy nips at my hands|when do puppies stop biting|is puppy biting normal
        puppy bites my ankles|what do i do when the puppy bites the kids|teething puppy chews everything
        chew toys for teething|puppy growls when playing|does yelping stop biting|my puppy chews my shoes
        bite inhibition""",
        """my puppy bites really hard during play|she chews on the furniture|how long does teething last
        toys for a puppy with sore gums|should i yelp when he nips|the puppy snaps at the children""",
    ),
    "leash": (
        """how do i get a puppy used to the leash|puppy pulls on the leash|collar or harness for a puppy
        puppy refuses to walk|how long should a walk with a puppy be|puppy bites the leash|loose leash walking
        when can a puppy go for walks|my puppy sits down on every walk|how do i teach heel
        barking at other dogs on a walk|retractable leash for a puppy""",
        """my dog drags me down the street|is a harness better than a collar|how far can i walk a young puppy
        puppy lies down and will not move on walks|he lunges at dogs when on the leash|teaching a puppy to heel""",
    ),
    "alone": (
        """how long can a puppy stay alone|puppy cries when i leave|how do i teach a puppy to be alone
        separation anxiety in puppies|puppy howls at night|should a puppy sleep in my bed|crate training a puppy
        puppy whines in the crate|can i leave a puppy alone while i work|does a radio help a lonely puppy
        puppy follows me everywhere|neighbours complain about my puppy's barking""",
        """my puppy screams as soon as i go out|is it okay to leave him home for four hours
        how do i get her to like her crate|where should the puppy sleep at night|he panics when he is by himself
        puppy barks all day when nobody is home""",
    ),
    "commands": (
        """how do i teach a puppy to sit|what command first|how do i teach come|my puppy ignores me
        how long should a training session be|treats for training|clicker training for puppies|teach a puppy to stay
        how do i teach lie down|when should training start|how many commands can a puppy learn
        rewarding a puppy without food""",
        """he does not come when i call him|which treats work best for training|is a clicker any use
        how old before i start training|teaching stay step by step|she only obeys when i have food""",
    ),
}
TELESCOPE: Subject = {
    "choosing": (
        """which telescope for a beginner|refractor or reflector|how much aperture do i need|are binoculars enough
        is a cheap telescope worth it|telescope for a child|dobsonian or equatorial mount|first telescope advice
        should i buy a used telescope|how heavy is an eight inch dobsonian|telescope for a balcony
        what does a good telescope cost""",
        """what kind of scope should i start with|mirror or lens telescope|is a 70 mm scope any good
        can i start with binoculars|small telescope for my daughter|is a second hand telescope a good idea""",
    ),
    "eyepieces": (
        """which eyepieces do i need|how do i compute magnification|what is the highest useful magnification
        what does a barlow lens do|eyepieces for glasses wearers|wide angle eyepiece|what is exit pupil
        why is the image dark at high power|two inch or smaller eyepieces|how many eyepieces should one own
        zoom eyepiece or fixed|do expensive eyepieces matter""",
        """is a barlow worth buying|how do i work out the power of an eyepiece|picture gets dim when i zoom in
        i wear glasses, which eyepiece|how much magnification is too much|one zoom instead of three eyepieces""",
    ),
    "collimation": (
        """how do i collimate a newtonian|what is collimation|how often must mirrors be aligned|laser collimator or cap
        stars look like comets|how do i check the alignment of the mirrors|star test|do refractors need collimation
        adjusting the secondary mirror|which screws tilt the primary mirror|my image is blurry on one side
        collimating at night""",
        """my stars have little tails|aligning the mirrors of my scope|do i need a laser for collimation
        when should i collimate|how to adjust the primary|is the view soft because of bad alignment""",
    ),
    "planets": (
        """how do i find saturn|can i see the rings of saturn|best magnification for jupiter|why is mars so small
        when is venus visible|how many moons of jupiter can i see|why do planets look blurry|filters for planets
        can i see pluto|when is mars closest|what does seeing mean|great red spot in a small telescope""",
        """what power do i need for saturn's rings|jupiter is just a white blob|which planets can i see this month
        are colour filters useful on planets|mars looks tiny in my scope|how do i spot jupiter's moons""",
    ),
    "deep-sky": (
        """how do i find the andromeda galaxy|what is a nebula filter|why do galaxies look grey|how dark must the sky be
        which nebulae can beginners see|observing from a city|what is averted vision|the messier list
        how long do eyes need to adapt to the dark|red torch for observing|orion nebula in a small telescope
        star charts for beginners""",
        """galaxies are only faint smudges|does a filter help against light pollution|where do i look for andromeda
        using the corner of your eye|easy nebulae to start with|how long until my eyes are used to darkness""",
    ),
}
SUBJECTS = {"sourdough": SOURDOUGH, "puppy": PUPPY, "telescope": TELESCOPE}

UNRELATED = """\
who is the prime minister of canada
how do i renew my passport
what's nine times eight
can you recommend a podcast for long drives
why is my phone so hot
is there a chemist open on sundays
how do you play the ukulele
what's the difference between a crocodile and an alligator
did anyone see the final yesterday
my shoulder clicks when i lift my arm
how do i write a letter of resignation
lasagne for twelve people, how much mince
what does smh mean
best way to learn italian vocabulary
who owns twitter now
when was penicillin discovered
how do i get rid of wasps on the terrace
translate i miss you to french
how do i set up two factor login
is it cheaper to fly on a tuesday
what's a good excuse for being late
how do i style curly hair
can you pay by card on the bus
my gf forgot my birthday
what is inflation
how do i draw a nose
are bananas berries
fastest way to clear a minecraft inventory
what's the score
how do i cancel my gym membership
does anyone have the notes from chemistry
what's the plot of the new dune film
how do i get to the train station from here
which shampoo for dry hair
who discovered radium
how do i mute this channel
should i learn rust or go
how many ounces in a pound
why do my knees hurt on the stairs
what do you think about pineapple on pizza
where does chocolate come from
write a birthday wish for my boss
my car makes a grinding noise when i brake
how do you say cheers in swedish
is it illegal to sleep in your car
what's the tallest building in the world
does salt melt ice
can i mix bleach and vinegar
how do i grow basil on the windowsill
what happened to blockbuster video
how much is a gallon in litres
is the library open tomorrow
how do i fix a leaking tap
what is a hedge fund
can i wear white to a funeral
who sang let it go
how do i remove a sticker from glass
when is father's day
what's the best vpn
tell me a fun fact about octopuses
how do i beat my brother at fifa
how do earthquakes start
do i need travel insurance
what are the lyrics to yesterday
which mattress is good for side sleepers
how do i stop procrastinating
what is the time difference to new york
my tooth hurts when i drink something cold
how tall was napoleon
how do i knit a scarf
can you help me with my physics homework
how do i import contacts into outlook
who is the best rapper alive
what do koalas eat
is a hot dog a sandwich
can i bring liquids on a plane
why do people snore
how do i dye a shirt black
how many rings does it take to be engaged
what does the fox say
how do i apply for a student loan
cheap lunch near the office
give me three names for a goldfish
what's the square root of 81
how does a mortgage work
is there a bus to the airport at night
how do i make my hair grow faster
which episode is the one with the turkey
how do i tie a tie
why do we have leap years
what's new in python
how do i install a printer driver
can i park here overnight
who won the battle of hastings
how do i make slime
what is ramadan
what day does the bin get collected
wie komme ich zum bahnhof
qu'est-ce qu'on mange ce soir
dónde está el baño
come ti chiami
""".splitlines()


def _lines(text: str) -> list[str]:
    return [part.strip() for line in text.splitlines() for part in line.split("|")]


def own_questions(subject: Subject) -> list[tuple[str, str]]:
    """Questions that a subject's library should answer, each with its topic's id."""
    return [(question, topic) for topic, (_, unseen) in subject.items() for question in _lines(unseen)]


def write_subject(subject: Subject, folder: Path) -> Path:
    """Write the library of a subject into ``folder`` and give that back."""
    claims = [{"id": f"on-{topic}", "says": f"This is about {topic.replace('-', ' ')}."} for topic in subject]
    topics = [
        {
            "id": topic,
            "title": topic.replace("-", " ").capitalize(),
            "claims": [f"on-{topic}"],
            "answer": "It depends.",
            "questions": _lines(phrasings),
        }
        for topic, (phrasings, _) in subject.items()
    ]
    files = {"articles/notes.yaml": {"id": "notes", "title": "Notes", "claims": claims}, "topics/all.yaml": topics}
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return folder
